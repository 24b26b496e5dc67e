import { AppError } from '../../../../shared/contract/errors.ts';
import type { HttpClient } from '../../http/http-client.ts';
import { createSignedSender, type SignedSender } from '../signed-sender.ts';
import type { TokenSource } from '../tokens.ts';
import type { ConfigReader } from './way-in/config.ts';
import { asCookie } from './way-in/cookie.ts';
import { readScopes, type ScopeState } from './scopes.ts';

/** By what the server wants for it. Paths are those below its API. */
export interface Senders {
  /** A session, of whatever age. */
  readonly session: SignedSender;
  /**
   * The scope of the profile, proved anew when it asks for that. Errors: AppError reauth-required, forbidden
   * (permission), and as `session`.
   */
  readonly profile: SignedSender;
  /** What the scope of the profile asks for now. */
  readScope(): Promise<ScopeState>;
}

interface SendersDeps {
  readonly http: HttpClient;
  readonly address: string;
  readonly tokens: TokenSource;
  readonly config: Pick<ConfigReader, 'known'>;
}

export function createSenders({ http, address, tokens, config }: SendersDeps): Senders {
  const send = createSignedSender(http, address, tokens, undefined, asCookie);
  const session: SignedSender = async (request) =>
    send({ ...request, path: (await config.known()).api + request.path });
  const profileScope = async () => (await config.known()).profileScope;
  const readScope = async () => (await readScopes(session, await profileScope())).profile;
  return {
    session,
    readScope,
    async profile(request) {
      try {
        return await session(request);
      } catch (error) {
        if (!(error instanceof AppError) || error.details.reason !== 'session-ended') throw error;
        throw explainRefusal(await readScope(), await profileScope()) ?? error;
      }
    },
  };
}

/** The server says 401 without a word, whatever the cause is. Undefined leaves it to the status. */
function explainRefusal(state: ScopeState, scope: string): AppError | undefined {
  if (!state.isAvailable) return new AppError('forbidden', { permission: scope });
  // A second factor that only an administrator can register, or that this app does not know.
  if (state.missingElse !== undefined) return new AppError('forbidden', { permission: state.missingElse });
  if (isProofMissing(state)) return new AppError('reauth-required');
  return undefined;
}

export function isProofMissing({ asksPassword, passwordAt, missingCode }: ScopeState): boolean {
  return (asksPassword && passwordAt === undefined) || missingCode !== undefined;
}
