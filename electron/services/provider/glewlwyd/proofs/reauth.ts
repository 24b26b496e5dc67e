import { AppError } from '../../../../../shared/contract/errors.ts';
import { withoutGrouping } from '../../../../../shared/typed-text.ts';
import type { AccountReauth, Proof, ReauthWindow } from '../../account-protection.ts';
import { createBareSource, type TokenSource } from '../../tokens.ts';
import { asCookie, takeCookie } from '../way-in/cookie.ts';
import { readPerson } from '../person/person.ts';
import { postProof, toCodeProof, toPasswordProof, type RemoteProof } from './proofs.ts';
import type { ScopeState } from '../scopes.ts';
import { isProofMissing, type Senders } from '../senders.ts';
import type { Server } from '../way-in/server.ts';
import { signOut, toToken } from '../way-in/sign-in.ts';

interface ReauthDeps {
  readonly server: Server;
  readonly senders: Senders;
  readonly tokens: Pick<TokenSource, 'accessToken'>;
}

/** Seconds for which a password counts where the administrator left it as it comes: the server tells nobody. */
const windowSeconds = 600;
/** Where the administrator made that longer, milliseconds until it is looked up again. */
const longerMs = 60_000;

/** The server's own window: all but looking at the profile wants a password that is not older than that. */
export function createGlewlwydReauth({ server, senders, tokens }: ReauthDeps): AccountReauth {
  /** The server has no way to close it. */
  let isEndedHere = false;

  async function reauthWindow(): Promise<ReauthWindow> {
    const state = await senders.readScope();
    const { remaining, ...rest } = toWindow(state, await server.now());
    return { ...rest, remaining: isEndedHere ? 0 : remaining };
  }

  async function toRemoteProof(proof: Proof): Promise<RemoteProof> {
    const [{ username }, { missingCode }] = await Promise.all([readPerson(senders.session), senders.readScope()]);
    if (proof.kind === 'password') return toPasswordProof(username, proof.password);
    if (!missingCode) throw new AppError('not-offered');
    return toCodeProof(username, missingCode.name, withoutGrouping(proof.code));
  }

  return {
    reauthWindow,
    async reauthenticate(proof) {
      const remote = await toRemoteProof(proof);
      const cookie = await tokens.accessToken();
      const answer = await postProof(server.http, await server.api(), remote, asCookie(cookie));
      // The session was over: this began another one, which nobody wants.
      if (takeCookie(answer) !== cookie) {
        await signOut(server.sendersFor(createBareSource(toToken(takeCookie(answer), 0))));
        throw new AppError('unauthenticated', { reason: 'session-ended' });
      }
      isEndedHere = false;
      return reauthWindow();
    },
    endReauth() {
      isEndedHere = true;
      return reauthWindow();
    },
  };
}

function toWindow(state: ScopeState, now: number): ReauthWindow {
  const { isAvailable, asksPassword, passwordAt, missingCode, missingElse } = state;
  const isPassword = asksPassword && (passwordAt === undefined || !missingCode);
  const canProve = isAvailable && missingElse === undefined && (isPassword || missingCode !== undefined);
  // A proof that would open nothing is not asked for: the act itself says what is missing.
  if (!canProve) return { remaining: 0, windowSeconds, proofs: [] };
  const left = Math.min((passwordAt ?? 0) - now + windowSeconds * 1_000, windowSeconds * 1_000);
  return {
    remaining: isProofMissing(state) ? 0 : Math.max(left, longerMs),
    windowSeconds,
    proofs: [isPassword ? 'password' : 'code'],
  };
}
