import * as z from 'zod';
import { AppError } from '../../../../shared/contract/errors.ts';
import { plainCharacters, withoutGrouping } from '../../../../shared/typed-text.ts';
import type { AccountProtection, Proof } from '../account-protection.ts';
import { toWindow } from './map-protection.ts';
import {
  remotePasswordChangeSchema,
  remotePasswordMetaSchema,
  remotePasswordResetSchema,
  remoteReauthSchema,
} from './protection.remote.ts';
import { createReferenceMfa } from './reference-mfa.ts';
import type { SignedSender } from './signed-sender.ts';

const reauth = { path: '/auth/reauth', schema: remoteReauthSchema };

/** `readClock` gives what the server's clock shows, if that is known well enough. */
export function createReferenceProtection(send: SignedSender, readClock: () => number | undefined): AccountProtection {
  async function serverNow(): Promise<number> {
    const known = readClock();
    if (known !== undefined) return known;
    await send({ method: 'GET', path: '/meta', schema: z.unknown() });
    const now = readClock();
    // An answer without a usable Date header; without the time no code can be judged.
    if (now === undefined) throw new AppError('untrusted-answer', { reason: 'wrong-shape' });
    return now;
  }

  return {
    serverNow,
    ...createReferenceMfa(send, serverNow),
    async reauthWindow() {
      return toWindow((await send({ method: 'GET', ...reauth })).body, await serverNow());
    },
    async reauthenticate(proof) {
      return toWindow((await send({ method: 'POST', ...reauth, body: toRemoteProof(proof) })).body, await serverNow());
    },
    async endReauth() {
      return toWindow((await send({ method: 'DELETE', ...reauth })).body, await serverNow());
    },
    async passwordPolicy() {
      const { capabilities, policies } = (
        await send({ method: 'GET', path: '/meta', schema: remotePasswordMetaSchema })
      ).body;
      if (capabilities['password.change'] !== 'offered') throw new AppError('not-offered');
      return policies.password;
    },
    async changePassword(change) {
      return (await send({ method: 'POST', path: '/me/password', schema: remotePasswordChangeSchema, body: change }))
        .body.otherSessionsEnded;
    },
    async requestPasswordReset() {
      return (await send({ method: 'POST', path: '/me/password-reset', schema: remotePasswordResetSchema })).body
        .sentTo;
    },
  };
}

/** A device's code is digits alone, 6 to 8 of them (RFC 4226, section 5.3); recovery codes here are longer. */
function toRemoteProof(proof: Proof): object {
  if (proof.kind === 'password') return { password: proof.password };
  const digits = withoutGrouping(proof.code);
  return /^\d{6,8}$/.test(digits) ? { code: digits } : { recoveryCode: plainCharacters(proof.code).trim() };
}
