import type { FastifyInstance } from 'fastify';
import { sendJson } from '../answers.ts';
import { readBody, type AccountDesk } from './access.ts';
import { describeProfile } from './profile-metadata.ts';
import { updateProfile } from './profile-update.ts';

export function addProfile(server: FastifyInstance, { realm, admit }: AccountDesk): void {
  const readers = ['view-profile', 'manage-account'];

  server.get('/', (request, reply) => {
    const { person, requireRole } = admit(request);
    requireRole(...readers);
    const { id, username, firstName, lastName, email, emailVerified, attributes } = person;
    const asked = (request.query as Readonly<Record<string, string>>)['userProfileMetadata'];
    return sendJson(reply, {
      ...{ id, username, firstName, lastName, email, emailVerified, attributes },
      ...(asked !== 'false' && { userProfileMetadata: describeProfile(realm.switches) }),
    });
  });

  server.post('/', (request, reply) => {
    const { person, requireRole } = admit(request);
    requireRole('manage-account');
    updateProfile(realm, person, readBody(request));
    return reply.code(204).send();
  });

  server.get('/supportedLocales', (request, reply) => {
    admit(request).requireRole(...readers);
    return sendJson(reply, ['de', 'en']);
  });

  server.get('/groups', (request, reply) => {
    const { person, requireRole } = admit(request);
    requireRole('view-groups', 'manage-account');
    return sendJson(
      reply,
      person.groups.map((path) => ({
        ...{ id: `id of ${path}`, name: path.split('/').at(-1), path },
        ...(path.lastIndexOf('/') > 0 && { parentId: `id of ${path.slice(0, path.lastIndexOf('/'))}` }),
        subGroups: [],
      })),
    );
  });
}
