import * as z from 'zod';
import type { PasswordPolicy } from '../../../../../shared/contract/account/password.ts';
import { AppError } from '../../../../../shared/contract/errors.ts';
import type { AccountPassword } from '../../account-protection.ts';
import type { Senders } from '../senders.ts';
import type { Settings } from '../settings.ts';
import type { KratosReauth } from './reauth.ts';

/** The server's own rules where its operator left them: it tells nobody before it refuses. */
const usualPolicy: PasswordPolicy = {
  minLength: 8,
  maxLength: 1_000,
  characterGroups: 0,
  forbidsPersonalInformation: true,
  otherSessions: 'choose',
};

interface PasswordDeps {
  readonly senders: Pick<Senders, 'session'>;
  readonly settings: Pick<Settings, 'change'>;
  readonly prove: KratosReauth['prove'];
}

const remoteEndedSchema = z.object({ count: z.number().int().nonnegative() });

export function createKratosPassword({ senders, settings, prove }: PasswordDeps): AccountPassword {
  /** With what it was seen to refuse. */
  let policy = usualPolicy;

  function learn(error: unknown): unknown {
    const next = error instanceof AppError ? error.details.fields?.['next'] : undefined;
    if (next?.limit === undefined) return error;
    if (next.code === 'too-short') policy = { ...policy, minLength: next.limit };
    if (next.code === 'too-long') policy = { ...policy, maxLength: next.limit };
    return error;
  }

  /** How many it were. The password is the new one already, so that what fails here is told by the number alone. */
  async function endOthers(): Promise<number> {
    try {
      return (await senders.session({ method: 'DELETE', path: '/sessions', schema: remoteEndedSchema })).body.count;
    } catch (error) {
      if (error instanceof AppError) return 0;
      throw error;
    }
  }

  return {
    passwordPolicy: () => Promise.resolve(policy),
    async changePassword({ current, next, endOtherSessions }) {
      // The server asks for a fresh sign-in in place of the current password: here that is what it is given for.
      await prove({ kind: 'password', password: current }).catch((error: unknown) => {
        throw isWrong(error) ? new AppError('invalid-request', { fields: { current: { code: 'not-valid' } } }) : error;
      });
      const fieldOf = (name: string) => (name === 'password' ? { field: 'next' } : undefined);
      await settings.change({ method: 'password', password: next }, fieldOf).catch((error: unknown) => {
        throw learn(error);
      });
      return endOtherSessions ? endOthers() : 0;
    },
    // Who is signed in gets no mail.
    requestPasswordReset: () => Promise.reject(new AppError('not-offered')),
  };
}

function isWrong(error: unknown): boolean {
  return error instanceof AppError && error.details.reason === 'wrong-credentials';
}
