import * as z from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { ErrorShape, FieldErrors } from '../../../../shared/contract/error-shape.ts';
import { cleanText } from '../../core/clean-text.ts';
import type { Refusal } from '../../http/refusal.ts';
import type { AccountSshKeys, SshKeyFacts } from '../account-ssh-keys.ts';
import { maxTitle, readSshKeyLine, sshLinePattern } from '../common/ssh-key-facts.ts';
import { confirmOutcome } from '../outcome.ts';
import { toSegment } from '../signed-sender.ts';
import { readPages } from './http/paging.ts';
import { readProblem } from './http/problem.ts';
import type { TokenScopes } from './http/scopes.ts';
import type { Senders } from './http/senders.ts';
import { toEnd, toFirstDate } from './tokens/token-end.ts';

const instant = z.iso.datetime({ offset: true });

/** In `key` follows the name of the person and the host, whatever was sent. */
const remoteSshKeySchema = z.object({
  id: z.int().positive(),
  title: z.string().max(1_000),
  key: z.string().max(20_000).regex(sshLinePattern),
  created_at: instant,
  expires_at: instant.nullish(),
  /** From 15.7 on. */
  usage_type: z.string().max(100).nullish(),
});
type RemoteSshKey = z.infer<typeof remoteSshKeySchema>;

/** In GitLab's words; the first one is what it takes where nothing is said. */
const usageTypes = { both: 'auth_and_signing', authentication: 'auth', signing: 'signing' } as const;
const usages = Object.keys(usageTypes) as (keyof typeof usageTypes)[];

const path = '/user/keys';

interface SshKeysDeps {
  /** Whether this version tells what a key is for. */
  readonly hasUsages: () => Promise<boolean>;
}

export function createGitlabSshKeys(
  { send, explaining }: Pick<Senders, 'send' | 'explaining'>,
  scopes: Pick<TokenScopes, 'accessBy'>,
  { hasUsages }: SshKeysDeps,
): AccountSshKeys {
  async function readKeys(): Promise<SshKeyFacts[]> {
    const all = await readPages({ send, path, schema: remoteSshKeySchema });
    return all.map(toSshKey).toSorted((a, b) => (a.addedAt < b.addedAt ? 1 : -1));
  }
  const findKey = async (line: string) => (await readKeys()).find(({ publicLine }) => publicLine === line);

  return {
    async sshKeysState() {
      const keys = await readKeys();
      return {
        ...{ access: scopes.accessBy('api'), canVerify: false, canRename: false, canExpire: true, limit: null, keys },
        ...((await hasUsages()) && { usages }),
      };
    },
    async addSshKey(title, publicLine, usage, expiresAt) {
      const post = async () => {
        const body = {
          ...{ title, key: publicLine },
          ...(usage && { usage_type: usageTypes[usage] }),
          ...(expiresAt !== undefined && { expires_at: toFirstDate(expiresAt) }),
        };
        const request = { method: 'POST', path, body, schema: remoteSshKeySchema } as const;
        return toSshKey((await explaining(explainKey)(request)).body);
      };
      // Sent twice it would be refused as used, so it is looked up instead.
      return confirmOutcome(post, () => findKey(publicLine)).catch(async (error: unknown) => {
        throw isTaken(error) && (await findKey(publicLine)) ? ofField('publicKey', 'duplicate') : error;
      });
    },
    renameSshKey: () => Promise.reject(new AppError('not-offered')),
    async removeSshKey(id) {
      await send({ method: 'DELETE', path: `${path}/${toSegment(id)}`, schema: z.unknown() });
    },
    proveSshKey: () => Promise.reject(new AppError('not-offered')),
  };
}

function toSshKey({ id, title, key, created_at, expires_at: end, usage_type: type }: RemoteSshKey): SshKeyFacts {
  return {
    id: String(id),
    title: cleanText(title).slice(0, maxTitle),
    ...readSshKeyLine(key),
    addedAt: new Date(created_at).toISOString(),
    lastUsedAt: null,
    verifiedAt: null,
    usage: usages.find((usage) => usageTypes[usage] === type),
    expiresAt: toEnd(end) ?? undefined,
    revision: String(id),
  };
}

/** The key is named by its fingerprint too, in one of several ways. */
function explainKey(refusal: Refusal): ErrorShape | undefined {
  const fields = refusal.status === 400 ? readProblem(refusal)?.fields : undefined;
  if (!fields || fields.size === 0) return undefined;
  const title = fields.get('title');
  if (title !== undefined)
    return (/too long/.test(title) ? ofField('title', 'too-long', 255) : ofField('title', 'not-valid')).toShape();
  const said = [...fields.values()].join(' ');
  if (fields.has('expires_at') || /expir|lifetime/i.test(said)) return ofField('expiresAt', 'not-valid').toShape();
  // Once on the whole instance, whoever has it.
  if (/already been taken/.test(said)) return ofField('publicKey', 'taken').toShape();
  const [, bits] = /at least (\d{1,6}) bits/.exec(said) ?? [];
  if (bits !== undefined) return ofField('publicKey', 'too-short', Number(bits)).toShape();
  return ofField('publicKey', 'not-valid').toShape();
}

function ofField(field: string, code: FieldErrors[string]['code'], limit?: number): AppError {
  return new AppError('invalid-request', { fields: { [field]: { code, ...(limit !== undefined && { limit }) } } });
}

function isTaken(error: unknown): boolean {
  return error instanceof AppError && error.details.fields?.['publicKey']?.code === 'taken';
}
