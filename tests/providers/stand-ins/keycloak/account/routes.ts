import type { FastifyInstance } from 'fastify';
import { notFound, Refusal, sendPage } from '../answers.ts';
import { page } from '../pages/html.ts';
import { wantsJson, type AccountDesk } from './access.ts';
import { addApplications } from './applications.ts';
import { addCredentials } from './credentials.ts';
import { addLinkedAccounts } from './linked-accounts.ts';
import { addProfile } from './profile.ts';
import { addSessions } from './sessions.ts';

const parts = [addProfile, addCredentials, addSessions, addLinkedAccounts, addApplications];

/** The account API, twice: as it is, and with the only version that it knows by name. */
export async function addAccount(server: FastifyInstance, prefix: string, desk: AccountDesk): Promise<void> {
  for (const under of [prefix, `${prefix}/v1alpha1`])
    await server.register(
      (account) => {
        account.addHook('onRequest', async (request, reply) => {
          if (!wantsJson(request)) return sendPage(reply, 200, page('Account Management', ''));
        });
        for (const add of parts) add(account, desk);
        account.all('/*', (request) => {
          desk.admit(request);
          throw refuseUnknown(request.url.slice(under.length));
        });
      },
      { prefix: under },
    );
}

function refuseUnknown(path: string): Refusal {
  if (/^\/v\d/.test(path)) return new Refusal(404, { error: 'API version not found' });
  // Features that a new realm has not, each with an answer of its own.
  if (path.startsWith('/resources')) return new Refusal(403, { errorMessage: 'User-managed access not enabled' });
  if (path.startsWith('/verifiable-credentials'))
    return new Refusal(400, { errorMessage: 'Feature oid4vc-vci not enabled' });
  return notFound();
}
