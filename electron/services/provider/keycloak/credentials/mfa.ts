import * as z from 'zod';
import type { MfaStatus } from '../../../../../shared/contract/account/mfa.ts';
import { cleanShort } from '../../../core/clean-text.ts';
import type { AccountDeviceNames, AccountMfa, MfaState } from '../../account-protection.ts';
import type { ErrorShape } from '../../../../../shared/contract/error-shape.ts';
import type { Refusal } from '../../../http/refusal.ts';
import { toSegment } from '../../signed-sender.ts';
import { credentialsOf, readCredentials, type RemoteCredential, type RemoteKind } from './credentials.ts';
import type { Senders } from '../senders.ts';
import { toUtc } from '../../common/to-utc.ts';

/** Looked at and named: its own pages enrol, renew and remove (`hand-off.ts`), and codes are shown there once. */
export function createKeycloakMfa({ read, explaining }: Senders): Pick<AccountMfa, 'mfaStatus'> & AccountDeviceNames {
  const write = explaining(explainLabel);
  const mfaStatus = async () => toMfaState(await readCredentials(read));
  return {
    mfaStatus,
    async renameDevice(id, name) {
      const path = `/account/credentials/${toSegment(id)}/label`;
      // A text of JSON: the sender would take a name as `42` for JSON already.
      const body = JSON.stringify(name);
      await write({ method: 'PUT', path, body, schema: z.unknown() });
      return mfaStatus();
    },
  };
}

/** A part of the API that is not there says so in other words. */
const noSuchCredentialSchema = z.object({ error: z.string().startsWith('Credential') });

function explainLabel({ status, body }: Refusal): ErrorShape | undefined {
  if (status === 409) return { code: 'invalid-request', fields: { name: { code: 'duplicate' } } };
  return status === 404 && noSuchCredentialSchema.safeParse(body).success ? { code: 'not-found' } : undefined;
}

/** Of each kind; nobody has more. */
const maxListed = 50;

function toMfaState(kinds: readonly RemoteKind[]): MfaState {
  const devices = listOf(kinds, 'otp').map((each) => ({ ...toListed(each), type: typeOf(each) }));
  const passkeys = listOf(kinds, 'webauthn-passwordless').map(toListed);
  const [codes] = credentialsOf(kinds, 'recovery-authn-codes');
  return {
    isOn: devices.length > 0,
    // Whether a realm asks everybody for a second step, it tells nobody.
    isForced: false,
    ...{ devices, passkeys, recoveryCodes: codes ? toRecoveryCodes(codes) : null, offers: [] },
  };
}

function listOf(kinds: readonly RemoteKind[], type: 'otp' | 'webauthn-passwordless'): RemoteCredential[] {
  return credentialsOf(kinds, type)
    .filter(({ id }) => id.length <= 64)
    .slice(0, maxListed);
}

function toListed({ id, userLabel, createdDate }: RemoteCredential): MfaStatus['passkeys'][number] {
  return { id, name: cleanShort(userLabel, 200), createdAt: toUtc(createdDate) };
}

const otpDataSchema = z.object({ subType: z.string() });
const codesDataSchema = z.object({
  totalCodes: z.int().min(0).max(1_000),
  remainingCodes: z.int().min(0).max(1_000),
});

function typeOf(credential: RemoteCredential): MfaStatus['devices'][number]['type'] {
  return readData(credential, otpDataSchema)?.subType === 'hotp' ? 'hotp' : 'totp';
}

function toRecoveryCodes(credential: RemoteCredential): MfaState['recoveryCodes'] {
  const data = readData(credential, codesDataSchema);
  if (!data) return null;
  return { total: data.totalCodes, remaining: data.remainingCodes, createdAt: toUtc(credential.createdDate) };
}

/** Undefined where it says something else: not every version tells it. */
function readData<S extends z.ZodType>({ credentialData }: RemoteCredential, schema: S): z.infer<S> | undefined {
  try {
    return schema.safeParse(JSON.parse(credentialData ?? '')).data;
  } catch {
    return undefined;
  }
}
