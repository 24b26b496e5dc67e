import * as z from 'zod';
import { AppError } from '../../../../../shared/contract/errors.ts';
import type { AccountEmailChange } from '../../account-email-change.ts';
import { readPerson } from './person.ts';
import { readPlugIns } from '../plug-ins.ts';
import type { Senders } from '../senders.ts';

export interface GlewlwydEmailChange extends AccountEmailChange {
  /** Errors: not-offered, invalid-request (`email`). */
  askForEmail(email: string): Promise<void>;
}

/** By a plug-in, which mails a link and tells nobody what waits: this app knows what was asked for in this run. */
export function createGlewlwydEmailChange({ session }: Pick<Senders, 'session'>): GlewlwydEmailChange {
  let asked: string | undefined;

  async function askForEmail(email: string): Promise<void> {
    const { email: path } = await readPlugIns(session);
    if (path === undefined) throw new AppError('not-offered');
    // The server takes anything.
    if (!/^[^\s@]+@[^\s@]+$/.test(email))
      throw new AppError('invalid-request', { fields: { email: { code: 'not-an-email' } } });
    await session({ method: 'POST', path: `${path}/update-email`, body: { email }, schema: z.unknown() });
    asked = email;
  }

  async function pendingEmail() {
    if (asked === undefined) return null;
    if ((await readPerson(session)).email === asked) asked = undefined;
    return asked === undefined ? null : { email: asked, expiresAt: null, canCancel: false };
  }

  return {
    askForEmail,
    pendingEmail,
    async resendEmailLink() {
      const waits = await pendingEmail();
      if (!waits) throw new AppError('not-found');
      await askForEmail(waits.email);
      return waits;
    },
    cancelEmailChange: () => Promise.reject(new AppError('not-offered')),
  };
}
