import * as z from 'zod';
import type { ErrorShape } from '../../../../../shared/contract/error-shape.ts';
import { AppError, type ErrorCode } from '../../../../../shared/contract/errors.ts';
import { cleanShort } from '../../../core/clean-text.ts';
import type { HttpClient } from '../../../http/http-client.ts';
import type { Refusal } from '../../../http/refusal.ts';
import type { Clock } from '../../../ports.ts';
import type { AccessKeyFacts, AccountAccessKeys } from '../../account-keys.ts';
import { toSegment } from '../../signed-sender.ts';
import { createBareSource, type FixedToken, type TokenSource } from '../../tokens.ts';
import { readPages } from '../http/paging.ts';
import { readProblem } from '../http/problem.ts';
import { idOf, readPerson } from '../profile/person.ts';
import type { TokenScopes } from '../http/scopes.ts';
import { createSenders, type Senders } from '../http/senders.ts';
import { toDate, toEnd } from './token-end.ts';

const instant = z.iso.datetime({ offset: true });

const remoteTokenSchema = z.object({
  id: z.int().positive(),
  user_id: z.int().positive(),
  name: z.string().max(1_000),
  scopes: z.array(z.string().max(100)).max(100),
  created_at: instant,
  /** Up to ten minutes old. */
  last_used_at: instant.nullish(),
  expires_at: z.string().max(40).nullish(),
  active: z.boolean(),
});

const newTokenSchema = remoteTokenSchema.omit({ user_id: true }).extend({
  token: z
    .string()
    .max(500)
    .regex(/^[\x21-\x7e]+$/),
});
type RemoteToken = Omit<z.infer<typeof remoteTokenSchema>, 'user_id'>;
const ownIdSchema = z.object({ id: z.int().positive() });

const path = '/personal_access_tokens';

interface AccessTokensDeps {
  readonly http: HttpClient;
  readonly clock: Pick<Clock, 'now'>;
  readonly address: string;
  readonly senders: Senders;
  readonly tokens: TokenSource;
  readonly scopes: Pick<TokenScopes, 'accessBy' | 'noteMissing'>;
  /** Older versions have no such route. */
  readonly canRotate: () => Promise<boolean>;
}

/** Personal access tokens as keys of programs. One is made on a page; here it is listed, exchanged and revoked. */
export function createGitlabAccessTokens(deps: AccessTokensDeps): AccountAccessKeys {
  const { clock, senders, tokens, scopes, canRotate } = deps;
  const { readTokens, mustHave } = createReader(deps);
  const refuse = (): Promise<never> => Promise.reject(new AppError('not-offered'));
  return {
    accessKeysState: async () => ({
      access: scopes.accessBy('api'),
      offers: ['expiry'],
      isToken: true,
      acts: (await canRotate()) ? ['rotate', 'remove'] : ['remove'],
      keys: await readTokens(),
      limit: null,
    }),
    makeAccessKey: refuse,
    setAccessKeyActive: refuse,
    async rotateAccessKey(id, expiresAt) {
      // Never of one that is void already: GitLab would end all that came of it.
      const { isOwn = false } = await mustHave(id);
      const exchange = async ({ explaining }: Pick<Senders, 'explaining'>) => {
        const body = expiresAt === null ? {} : { expires_at: toDate(expiresAt, clock.now()) };
        const rotation = `${path}/${toSegment(id)}/rotate`;
        return (await explaining(explainEnd)({ method: 'POST', path: rotation, body, schema: newTokenSchema })).body;
      };
      const made =
        isOwn && tokens.replace
          ? await tokens.replace((token) => exchange(createSendersWith(deps, token)), toFixed)
          : await exchange(senders);
      return { secret: made.token, key: toAccessKey(made, isOwn) };
    },
    async removeAccessKey(id) {
      await mustHave(id);
      await senders.send({ method: 'DELETE', path: `${path}/${toSegment(id)}`, schema: z.unknown() });
    },
    tryAccessKey: (id, secret) => tryToken(deps, id, secret),
  };
}

function createReader({ senders: { send }, tokens }: Pick<AccessTokensDeps, 'senders' | 'tokens'>) {
  /** Of the token that was pasted; undefined where something else stands in for the person. */
  async function readOwnId(): Promise<number | undefined> {
    if (!tokens.replace) return undefined;
    try {
      return (await send({ method: 'GET', path: `${path}/self`, schema: ownIdSchema })).body.id;
    } catch (error) {
      // Told from 15.5 on, and of no token of another kind.
      const isUntold = error instanceof AppError && untold.includes(error.code);
      if (isUntold) return undefined;
      throw error;
    }
  }

  /** An administrator is given those of everybody, unless whose is said. */
  let personId: string | undefined;

  async function readTokens(): Promise<AccessKeyFacts[]> {
    personId ??= idOf(await readPerson(send));
    const query = `state=active&user_id=${personId}`;
    const [all, own] = await Promise.all([readPages({ send, path, query, schema: remoteTokenSchema }), readOwnId()]);
    // Before 15.5 those that are over come too.
    const active = all.filter((token) => token.active && String(token.user_id) === personId);
    const newestFirst = active.toSorted((a, b) => (a.created_at < b.created_at ? 1 : -1));
    return newestFirst.map((token) => toAccessKey(token, token.id === own));
  }

  /** A number that is not the person's is refused like a token that nobody knows. */
  async function mustHave(id: string): Promise<AccessKeyFacts> {
    const found = (await readTokens()).find((token) => token.id === id);
    if (!found) throw new AppError('not-found');
    return found;
  }

  return { readTokens, mustHave };
}

const untold: readonly ErrorCode[] = ['not-found', 'not-offered', 'invalid-request'];

type SendersOfOneDeps = Pick<AccessTokensDeps, 'http' | 'address'> & {
  readonly scopes: Pick<TokenScopes, 'noteMissing'>;
};

/** Sends with this token, and nothing renews it. */
function createSendersWith({ http, address, scopes }: SendersOfOneDeps, token: string): Senders {
  const tokens = createBareSource({ kind: 'fixed', token, expiresAt: null, scopes: null });
  return createSenders({ http, address, tokens, scopes });
}

function toFixed({ token, expires_at, scopes }: z.infer<typeof newTokenSchema>): FixedToken {
  const end = toEnd(expires_at);
  return { kind: 'fixed', token, expiresAt: end === null ? null : Date.parse(end), scopes };
}

/** With the token alone, which tells of itself whatever it may do. */
async function tryToken(deps: SendersOfOneDeps, id: string, secret: string): Promise<boolean> {
  const { send } = createSendersWith({ ...deps, scopes: { noteMissing: () => undefined } }, secret);
  try {
    return String((await send({ method: 'GET', path: `${path}/self`, schema: ownIdSchema })).body.id) === id;
  } catch (error) {
    if (error instanceof AppError && error.code === 'unauthenticated') return false;
    throw error;
  }
}

function toAccessKey(remote: RemoteToken, isOwn: boolean): AccessKeyFacts {
  const { id, name, scopes, created_at: created, last_used_at: used, expires_at: end } = remote;
  return {
    id: String(id),
    name: cleanShort(name, 200),
    isActive: true,
    createdAt: new Date(created).toISOString(),
    lastUsedAt: used ? new Date(used).toISOString() : null,
    expiresAt: toEnd(end),
    scopes: scopes.map((scope) => cleanShort(scope, 100)),
    ...(isOwn && { isOwn }),
    revision: String(id),
  };
}

/** The only thing that is sent with a rotation. */
function explainEnd(refusal: Refusal): ErrorShape | undefined {
  if (refusal.status !== 400) return undefined;
  const { message = '', error = '' } = readProblem(refusal) ?? {};
  const isOfEnd = /expir/i.test(`${message} ${error}`);
  return isOfEnd ? { code: 'invalid-request', fields: { expiresAt: { code: 'not-valid' } } } : undefined;
}
