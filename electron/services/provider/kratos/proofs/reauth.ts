import * as z from 'zod';
import type { ReauthState } from '../../../../../shared/contract/account/reauth.ts';
import { AppError } from '../../../../../shared/contract/errors.ts';
import type { AccountReauth, Proof, ReauthWindow } from '../../account-protection.ts';
import { createBareSource, type TokenSource } from '../../tokens.ts';
import { hasGroup, hasNode, textOf, type RemoteFlow } from '../flows/flow.ts';
import { fillIn, type Filled } from '../flows/forms.ts';
import type { Freshness } from '../freshness.ts';
import { createSenders, type Senders, type SendersDeps } from '../senders.ts';
import { readWhoami, remoteSessionSchema, serverNowOf } from '../session.ts';
import type { Settings } from '../settings.ts';
import { endSession, toCode, toToken } from '../way-in/sign-in.ts';

export interface ReauthDeps extends Pick<SendersDeps, 'http' | 'address'> {
  readonly senders: Senders;
  readonly settings: Pick<Settings, 'readIfOpen'>;
  readonly freshness: Freshness;
  readonly tokens: Pick<TokenSource, 'accessToken'>;
}

export interface KratosReauth extends AccountReauth {
  /** Errors: AppError unauthenticated (wrong-credentials). */
  prove(proof: Proof): Promise<void>;
}

const remoteRefreshSchema = z.object({
  session_token: z.string().min(1).max(4_000).nullish(),
  session: remoteSessionSchema,
});

/** A sign-in to the session that there is, in which its token stays the same. */
export function createKratosReauth({ http, address, senders, settings, freshness, tokens }: ReauthDeps): KratosReauth {
  async function reauthWindow(): Promise<ReauthWindow> {
    const session = await readWhoami(senders);
    const form = await settings.readIfOpen();
    return {
      // Without its second factor nothing can be done, however fresh the password is.
      remaining: form ? freshness.left(session) : 0,
      windowSeconds: Math.floor(freshness.length() / 1_000),
      proofs: proofsOf(form),
      ...sessionLeftOf(session.expires_at, serverNowOf(http, address)),
    };
  }

  async function prove(proof: Proof): Promise<void> {
    const before = await readWhoami(senders);
    const query = proof.kind === 'password' ? '?refresh=true' : '?refresh=true&aal=aal2';
    const fill = (flow: RemoteFlow) => toFilled(flow, proof);
    const place = { form: 'login', query } as const;
    const { session, session_token } = await fillIn(senders.form(), place, fill, remoteRefreshSchema);
    if (session.id === before.id) return;
    // The session was over, and this began another one, which nobody wants.
    const token = session_token ?? (await tokens.accessToken());
    const other = createSenders({ http, address, tokens: createBareSource(toToken(token, 0)) });
    await endSession(other, token);
    throw new AppError('unauthenticated', { reason: 'session-ended' });
  }

  return {
    reauthWindow,
    prove,
    async reauthenticate(proof) {
      await prove(proof);
      return reauthWindow();
    },
    async endReauth() {
      freshness.end(await readWhoami(senders));
      return reauthWindow();
    },
  };
}

/** A proof begins its time anew. */
function sessionLeftOf(end: string | null | undefined, now: number): Pick<ReauthWindow, 'sessionLeft'> {
  const moment = Date.parse(end ?? '');
  return Number.isNaN(moment) ? {} : { sessionLeft: moment - now };
}

/** The form says who is asked for; another name would be another person. */
function toFilled(flow: RemoteFlow, proof: Proof): Filled {
  if (proof.kind === 'code') return toCode(flow, proof.code);
  if (!hasGroup(flow, 'password')) throw new AppError('not-offered');
  return { method: 'password', identifier: textOf(flow, 'identifier') ?? '', password: proof.password };
}

function proofsOf(form: RemoteFlow | undefined): ReauthState['proofs'] {
  // A code is what is missing; which of them there are is told only then.
  if (!form) return ['code', 'recovery-code'];
  return [
    ...(hasGroup(form, 'password') ? (['password'] as const) : []),
    ...(hasNode(form, 'totp_unlink') ? (['code'] as const) : []),
    ...(hasNode(form, 'lookup_secret_reveal') ? (['recovery-code'] as const) : []),
  ];
}
