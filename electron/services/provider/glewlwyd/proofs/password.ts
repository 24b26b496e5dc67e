import * as z from 'zod';
import type { PasswordPolicy } from '../../../../../shared/contract/account/password.ts';
import { AppError } from '../../../../../shared/contract/errors.ts';
import type { AccountPassword } from '../../account-protection.ts';
import type { AccountSessions } from '../../account-sessions.ts';
import type { SignedSender } from '../../signed-sender.ts';

/** The server takes any, also one of one letter; its own page takes none below this. */
const policy: PasswordPolicy = {
  minLength: 8,
  maxLength: 10_000,
  characterGroups: 0,
  forbidsPersonalInformation: false,
  otherSessions: 'choose',
};

interface PasswordDeps {
  /** With the scope of the profile. */
  readonly send: SignedSender;
  /** With this password. Errors: unauthenticated (wrong-credentials). */
  readonly prove: (password: string) => Promise<unknown>;
  readonly sessions: Pick<AccountSessions, 'readSessions' | 'closeSessions'>;
}

export function createGlewlwydPassword({ send, prove, sessions }: PasswordDeps): AccountPassword {
  /** How many it were. The password is the new one already, so that what fails here is told by the number alone. */
  async function endOthers(): Promise<number> {
    try {
      const others = (await sessions.readSessions()).filter(({ isCurrent }) => !isCurrent).map(({ id }) => id);
      return others.length - (await sessions.closeSessions(others)).length;
    } catch (error) {
      if (error instanceof AppError) return 0;
      throw error;
    }
  }

  return {
    passwordPolicy: () => Promise.resolve(policy),
    async changePassword({ current, next, endOtherSessions }) {
      const { minLength } = policy;
      if ([...next].length < minLength) throw refuse('next', { code: 'too-short', limit: minLength });
      const body = { old_password: current, password: next };
      // By POST, as the documentation has it, it is answered alike and changes nothing.
      const change = () => send({ method: 'PUT', path: '/profile/password', body, schema: z.unknown() });
      await withProof(change, () => prove(current)).catch((error: unknown) => {
        throw isAboutCurrent(error) ? refuse('current', { code: 'not-valid' }) : error;
      });
      return endOtherSessions ? endOthers() : 0;
    },
    requestPasswordReset: () => Promise.reject(new AppError('not-offered')),
  };
}

/** The password at hand is the proof that may be missing. */
async function withProof(act: () => Promise<unknown>, prove: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'reauth-required') throw error;
    await prove();
    await act();
  }
}

/** The server says no more than that it is not content. */
function isAboutCurrent(error: unknown): boolean {
  if (!(error instanceof AppError)) return false;
  return error.code === 'invalid-request' || error.details.reason === 'wrong-credentials';
}

function refuse(
  field: 'current' | 'next',
  error: { readonly code: 'too-short' | 'not-valid'; readonly limit?: number },
): AppError {
  return new AppError('invalid-request', { fields: { [field]: error } });
}
