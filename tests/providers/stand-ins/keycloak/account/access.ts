import type { FastifyRequest } from 'fastify';
import { forbidden, Refusal, unauthorized } from '../answers.ts';
import type { RealmState, StoredPerson, StoredSession } from '../realm-state.ts';
import { reachesAccount, type TokenMint } from '../tokens.ts';

/** Who asks the account API. */
export interface Caller {
  readonly person: StoredPerson;
  readonly session: StoredSession;
  /** Errors: Refusal where the person has none of these roles; the answer does not name them. */
  requireRole(...roles: readonly string[]): void;
}

/** What every part of the account API works with. */
export interface AccountDesk {
  readonly realm: RealmState;
  /** Errors: Refusal. */
  admit(request: FastifyRequest): Caller;
}

export function openDesk(realm: RealmState, mint: TokenMint, base: string): AccountDesk {
  return {
    realm,
    admit: (request) => {
      const { authorization = '', origin } = request.headers;
      const found = mint.find(/^Bearer (.+)$/i.exec(authorization)?.[1] ?? '', 'access');
      // A person without a role of `account`, or a program without full scope: the token is not for this API.
      if (!found || !reachesAccount(found.person, found.clientId)) throw unauthorized();
      if (realm.refuses && request.method !== 'GET') throw new Refusal(403, realm.refuses);
      if (origin !== undefined && origin !== base) throw new Refusal(403, { error: 'Invalid origin' });
      const { person, session } = found;
      return {
        person,
        session,
        requireRole: (...roles) => {
          if (!roles.some((role) => person.accountRoles.includes(role))) throw forbidden();
        },
      };
    },
  };
}

/** JSON is for those who ask for it in one of exactly two ways; all others get the page. */
export function wantsJson({ headers }: FastifyRequest): boolean {
  return (headers.accept ?? '').includes('application/json') || headers['content-type'] === 'application/json';
}

/** The JSON that was sent. Errors: Refusal. */
export function readBody(request: FastifyRequest): unknown {
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? ''))
    throw new Refusal(415, { error: 'The content-type header value did not match the value in @Consumes' });
  try {
    return JSON.parse(String(request.body));
  } catch {
    throw new Refusal(400, { error: 'invalid_request', error_description: 'Cannot parse the JSON' });
  }
}
