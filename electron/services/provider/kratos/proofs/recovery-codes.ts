import * as z from 'zod';
import type { RecoveryCodes } from '../../../../../shared/contract/account/mfa.ts';
import { AppError } from '../../../../../shared/contract/errors.ts';
import { cleanShort } from '../../../core/clean-text.ts';
import { hasNode, nodesNamed, type RemoteFlow } from '../flows/flow.ts';
import type { Settings } from '../settings.ts';

const code = z.object({
  context: z.object({
    /** Not of one that was used. */
    secret: z.string().min(1).max(40).nullish(),
  }),
});
const codesSchema = z.object({ secrets: z.array(code).min(1).max(50) });

export interface KratosRecoveryCodes {
  recoveryCodes(): Promise<RecoveryCodes>;
  renewRecoveryCodes(): Promise<RecoveryCodes>;
}

/** They are kept there as they are, so that they can be shown again. */
export function createKratosRecoveryCodes(settings: Settings): KratosRecoveryCodes {
  return {
    async recoveryCodes() {
      if (!hasNode(await settings.read(), 'lookup_secret_reveal')) throw new AppError('not-found');
      return codesOf(await settings.change({ lookup_secret_reveal: true }));
    },
    /** In two steps: until the second one the old set counts, and the new one nowhere. */
    async renewRecoveryCodes() {
      const made = await settings.change({ lookup_secret_regenerate: true });
      const codes = codesOf(made);
      await settings.goOn(made.id, { lookup_secret_confirm: true });
      return codes;
    },
  };
}

/** Errors: AppError untrusted-answer (wrong-shape). */
function codesOf(form: RemoteFlow): RecoveryCodes {
  const [node] = nodesNamed(form, 'lookup_secret_codes');
  const found = codesSchema.safeParse(node?.attributes.text?.context).data;
  if (!found) throw new AppError('untrusted-answer', { reason: 'wrong-shape' });
  const codes = found.secrets.map(({ context: { secret } }) => ({ code: cleanShort(secret, 40), isUsed: !secret }));
  return { codes, createdAt: null };
}
