import type { FastifyReply } from 'fastify';
import * as z from 'zod';
import type { PasswordPolicy } from '../../../shared/contract/account/password.ts';
import type { App } from '../../http/app.ts';
import { Problem } from '../../http/problem.ts';
import { acceptForms, sendPage, type Page } from '../../pages/page.ts';
import type { ResetService } from './reset.service.ts';

const params = z.object({ token: z.string() });
const typed = z.string().max(10_000).default('');
const body = z.object({ next: typed, again: typed }).nullish();

const gone: Page = {
  title: 'This link does not work any more',
  paragraphs: ['It was used before, it is too old, or there is a newer one. Ask for another one where you sign in.'],
};

const done: Page = {
  title: 'Your new password is set',
  paragraphs: [
    'All sessions of your account were ended. Sign in with the new password.',
    'API keys, access keys, SSH keys and linked identities are still good: look through them if somebody else may have been here.',
  ],
};

/** What the link of a mail opens. Opening it changes nothing; the form does, and it needs no script. */
export function resetPageRoutes(app: App, resets: ResetService, policy: Readonly<PasswordPolicy>): void {
  acceptForms(app);
  app.get('/auth/password-reset/:token', { schema: { hide: true, params } }, (request, reply) => {
    const { token } = request.params;
    return resets.isGood(token) ? sendPage(reply, 200, question(token, policy)) : sendPage(reply, 404, gone);
  });
  app.post('/auth/password-reset/:token/form', { schema: { hide: true, params, body } }, async (request, reply) => {
    const { token } = request.params;
    const { next, again } = request.body ?? { next: '', again: '' };
    if (next !== again)
      return sendPage(reply, 422, question(token, policy, 'The two passwords are not the same.', '../'));
    return reset(reply, token, next);
  });

  async function reset(reply: FastifyReply, token: string, next: string): Promise<FastifyReply> {
    try {
      await resets.reset(token, next);
      return sendPage(reply, 200, done);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.code !== 'invalid') return sendPage(reply, 404, gone);
      return sendPage(reply, 422, question(token, policy, 'This password does not keep to the rules below.', '../'));
    }
  }
}

/**
 * `up`: from where the page is shown to the folder that the link lies in, so that a path in front of it does no harm.
 */
function question(token: string, policy: Readonly<PasswordPolicy>, mistake?: string, up = ''): Page {
  return {
    title: 'Set a new password',
    mistake,
    paragraphs: ['It ends all sessions of your account.', ...rulesOf(policy)],
    form: {
      action: `${up}${token}/form`,
      fields: [
        { name: 'next', label: 'New password', autocomplete: 'new-password' },
        { name: 'again', label: 'The same once more', autocomplete: 'new-password' },
      ],
      button: 'Set this password',
    },
  };
}

function rulesOf({ minLength, maxLength, characterGroups, forbidsPersonalInformation }: PasswordPolicy): string[] {
  return [
    `It has ${String(minLength)} to ${String(maxLength)} characters.`,
    ...(characterGroups > 0
      ? [`It has at least ${String(characterGroups)} of: lowercase, uppercase, digits, symbols.`]
      : []),
    ...(forbidsPersonalInformation ? ['It does not contain your name, username or e-mail address.'] : []),
  ];
}
