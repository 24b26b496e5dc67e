import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Route } from '../serve-stand-in.ts';
import { GiteaRefusal, readJson, requirePerson, type GiteaCall } from './gitea-call.ts';
import { answerPage } from './paging.ts';
import { isSince127, type GiteaApplication, type GiteaPerson, type GiteaState } from './state.ts';
import { toTime } from './user-routes.ts';

// Clients of OAuth that a person registers. A public one gets a secret as well; nobody asks for it.

const applicationSchema = z.object({
  name: z.string().min(1),
  confidential_client: z.boolean().default(false),
  redirect_uris: z.array(z.string()).min(1),
});

const list = '/api/v1/user/applications/oauth2';

export const applicationRoutes: readonly Route<GiteaCall>[] = [
  {
    method: 'GET',
    path: list,
    answer: (call) => {
      const person = requirePerson(call);
      const own = call.state.applications.filter(({ owner }) => owner === person);
      return answerPage(call, own.toReversed(), (application) => describeApplication(application));
    },
  },
  {
    method: 'POST',
    path: list,
    answer: (call) => {
      const owner = requirePerson(call);
      const application: GiteaApplication = {
        ...readApplication(call),
        ...{ id: call.state.nextId(), owner, clientId: randomUUID(), created: new Date() },
      };
      call.state.applications.push(application);
      return { status: 201, json: describeApplication(application, application.secret) };
    },
  },
  {
    method: 'GET',
    path: `${list}/{id}`,
    answer: (call, { id }) => ({
      status: 200,
      json: describeApplication(findApplication(call.state, requirePerson(call), id!)),
    }),
  },
  {
    method: 'PATCH',
    path: `${list}/{id}`,
    answer: (call, { id }) => {
      const application = findApplication(call.state, requirePerson(call), id!);
      Object.assign(application, readApplication(call));
      return { status: 200, json: describeApplication(application, application.secret) };
    },
  },
  {
    method: 'DELETE',
    path: `${list}/{id}`,
    answer: (call, { id }) => {
      const { state } = call;
      const application = findApplication(state, requirePerson(call), id!);
      state.applications = state.applications.filter((other) => other !== application);
      state.grants = state.grants.filter((grant) => grant.application !== application);
      return { status: 204 };
    },
  },
];

function readApplication(
  call: GiteaCall,
): Pick<GiteaApplication, 'name' | 'isConfidential' | 'redirectUris' | 'secret'> {
  const { name, confidential_client: isConfidential, redirect_uris: redirectUris } = readJson(call, applicationSchema);
  const invalid = redirectUris.find((address) => !/^https?:\/\/[^\s/]+/.test(address));
  if (invalid !== undefined && isSince127(call.state)) throw new GiteaRefusal(400, `invalid redirect URI: ${invalid}`);
  return { name, isConfidential, redirectUris, secret: `gto_${randomBytes(32).toString('hex')}` };
}

function findApplication({ applications }: GiteaState, person: GiteaPerson, id: string): GiteaApplication {
  const found = applications.find((application) => application.id === Number(id) && application.owner === person);
  if (!found) throw new GiteaRefusal(404, 'not found');
  return found;
}

function describeApplication(application: GiteaApplication, secret = ''): object {
  const { id, name, clientId, isConfidential, redirectUris, created } = application;
  return {
    id,
    name,
    client_id: clientId,
    client_secret: secret,
    confidential_client: isConfidential,
    skip_secondary_authorization: false,
    redirect_uris: redirectUris,
    created: toTime(created),
  };
}
