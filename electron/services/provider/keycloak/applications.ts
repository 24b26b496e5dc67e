import * as z from 'zod';
import type { ErrorShape } from '../../../../shared/contract/error-shape.ts';
import { cleanShort } from '../../core/clean-text.ts';
import type { Refusal } from '../../http/refusal.ts';
import type { AccountApplications, ApplicationFacts } from '../account-applications.ts';
import { toUtc } from '../common/to-utc.ts';
import { toSegment } from '../signed-sender.ts';
import type { RealmMessages } from './messages.ts';
import { toLabel, toWords } from './person/described-attributes.ts';
import type { Senders } from './senders.ts';

const optionalText = z.string().nullish();

const remoteScopeSchema = z.object({ name: optionalText, displayText: optionalText });

const remoteApplicationSchema = z.object({
  clientId: z.string().min(1).max(300),
  clientName: optionalText,
  description: optionalText,
  inUse: z.boolean().nullish(),
  offlineAccess: z.boolean().nullish(),
  /** Its base address, made whole. */
  effectiveUrl: optionalText,
  consent: z
    .object({
      grantedScopes: z.array(remoteScopeSchema).max(1_000).nullish(),
      /** Milliseconds since the epoch. */
      createdDate: z.number().nullish(),
    })
    .nullish(),
});
type RemoteApplication = z.infer<typeof remoteApplicationSchema>;

const remoteApplicationsSchema = z.array(remoteApplicationSchema).max(1_000);

const path = '/account/applications';
/** Of one application. */
const maxGrants = 100;

interface ApplicationsDeps {
  readonly senders: Pick<Senders, 'byAny'>;
  readonly messages: RealmMessages;
  readonly ownClientId: string;
  /** The service tells of none at all. */
  readonly onAbsent: () => void;
}

/** Programs that the person is signed in to, that were given something, or that the realm always shows. */
export function createKeycloakApplications({
  senders: { byAny },
  messages,
  ownClientId,
  onAbsent,
}: ApplicationsDeps): AccountApplications {
  const look = byAny(['view-applications', 'manage-account'], ({ status }) => {
    if (status === 404 || status === 405) onAbsent();
    return undefined;
  });
  const withdraw = byAny(['manage-account', 'manage-consent'], explainUnknown);
  return {
    async readApplications() {
      const { body } = await look({ method: 'GET', path, schema: remoteApplicationsSchema });
      const names = await messages.spell(
        body.map(({ clientName, description, consent }) => ({ clientName, description, consent })),
      );
      return body.map((application, index) => toFacts({ ...application, ...names[index] }, ownClientId));
    },
    async withdrawApplication(clientId) {
      await withdraw({ method: 'DELETE', path: `${path}/${toSegment(clientId)}/consent`, schema: z.unknown() });
    },
  };
}

const noSuchClientSchema = z.object({ errorMessage: z.string() });

/** Of a part of the API that is not there it says so in other words. */
function explainUnknown({ status, body }: Refusal): ErrorShape | undefined {
  return status === 404 && noSuchClientSchema.safeParse(body).success ? { code: 'not-found' } : undefined;
}

function toFacts(application: RemoteApplication, ownClientId: string): ApplicationFacts {
  const { clientId, clientName, description, inUse, offlineAccess, effectiveUrl, consent } = application;
  const isThisApp = clientId === ownClientId;
  return {
    id: clientId,
    name: toWords(clientName, 300) || cleanShort(clientId, 300),
    description: toWords(description, 1_000),
    site: toHost(effectiveUrl),
    grants: toGrants(consent?.grantedScopes ?? []),
    grantedAt: toUtc(consent?.createdDate),
    isInUse: inUse ?? null,
    hasOfflineAccess: offlineAccess ?? null,
    isThisApp,
    // Withdrawing ends what a program keeps while nobody is there, consent or not.
    canWithdraw: !isThisApp && (Boolean(consent) || offlineAccess === true),
  };
}

/** The realm says them in the language of the request, or gives the key of a text. */
function toGrants(scopes: readonly z.infer<typeof remoteScopeSchema>[]): string[] {
  const all = scopes.map(({ displayText, name }) => toLabel(displayText || name, name ?? '').slice(0, 300));
  return [...new Set(all.filter(Boolean))].slice(0, maxGrants);
}

function toHost(address: string | null | undefined): string | null {
  const url = URL.parse(address ?? '');
  return url && /^https?:$/.test(url.protocol) ? url.host.slice(0, 300) : null;
}
