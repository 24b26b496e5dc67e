import type { FastifyReply } from 'fastify';
import * as z from 'zod';
import type { App } from '../../http/app.ts';
import type { Feature } from '../../access/feature.ts';
import { acceptForms, sendPage, type Page } from '../../pages/page.ts';
import type { EmailChangeService, LinkOutcome } from './email-change.service.ts';
import type { EmailLink } from './email-changes.store.ts';

interface LinkPage {
  readonly path: string;
  readonly find: (token: string) => EmailLink | undefined;
  readonly act: (token: string) => LinkOutcome;
  readonly question: (email: string) => Omit<Page, 'form'>;
  readonly button: string;
  readonly done: Page;
}

const gone: Page = {
  title: 'This link does not work any more',
  paragraphs: ['It was used before, it is too old, or there is a newer one. You can close this page.'],
};

const taken: Page = {
  title: 'This address belongs to another account',
  paragraphs: ['Nothing was changed. An address belongs to one account only.'],
};

/** Opening the link changes nothing, so that a program that looks through mails does no harm: the button does. */
export function emailPagesFeature(service: EmailChangeService): Feature {
  return {
    offers: [],
    register(app) {
      acceptForms(app);
      linkPage(app, {
        path: '/links/email',
        find: service.find,
        act: service.confirm,
        question: (email) => ({
          title: 'Confirm your e-mail address',
          paragraphs: [`${email} is to become the address of your account. From then on it signs you in.`],
        }),
        button: 'Confirm this address',
        done: {
          title: 'Your address is confirmed',
          paragraphs: ['You can close this page and go on in Profile Desk.'],
        },
      });
      linkPage(app, {
        path: '/links/email-undo',
        find: service.findUndo,
        act: service.undo,
        question: (email) => ({
          title: 'Keep your e-mail address',
          paragraphs: [
            `${email} stays, or becomes again, the address of your account. All sessions of the account are ended.`,
          ],
        }),
        button: 'This was not me: keep my address',
        done: {
          title: 'Your address is kept',
          paragraphs: [
            'All sessions of your account were ended. Whoever wanted to change your address knew a way in: a mail with a link for a new password is on its way to you.',
          ],
        },
      });
    },
  };
}

function linkPage(app: App, { path, find, act, question, button, done }: LinkPage): void {
  const params = z.object({ token: z.string().max(200) });
  const schema = { hide: true, params };
  app.get(`${path}/:token`, { schema }, (request, reply) => {
    const { token } = request.params;
    const link = find(token);
    if (!link) return sendPage(reply, 404, gone);
    return sendPage(reply, 200, { ...question(link.email), form: { action: token, fields: [], button } });
  });
  app.post(`${path}/:token`, { schema }, (request, reply) => sendOutcome(reply, act(request.params.token), done));
}

function sendOutcome(reply: FastifyReply, outcome: LinkOutcome, done: Page): FastifyReply {
  if (outcome === 'gone') return sendPage(reply, 404, gone);
  return outcome === 'taken' ? sendPage(reply, 409, taken) : sendPage(reply, 200, done);
}
