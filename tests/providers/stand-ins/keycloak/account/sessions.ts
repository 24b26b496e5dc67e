import type { FastifyInstance } from 'fastify';
import { UAParser } from 'ua-parser-js';
import { sendJson } from '../answers.ts';
import { findClient } from '../clients.ts';
import type { RealmState, StoredPerson, StoredSession } from '../realm-state.ts';
import type { AccountDesk, Caller } from './access.ts';

/** Seconds that a session and what a program keeps beyond it may last. */
const [longest, longestOffline] = [36_000, 2_592_000];

export function addSessions(server: FastifyInstance, { realm, admit }: AccountDesk): void {
  server.get('/sessions', (request, reply) => {
    const caller = admit(request);
    caller.requireRole('view-profile', 'manage-account');
    const online = listSessions(realm, caller.person).filter(({ isOffline }) => !isOffline);
    return sendJson(
      reply,
      online.map((session) => describe(session, caller)),
    );
  });

  server.get('/sessions/devices', (request, reply) => {
    const caller = admit(request);
    caller.requireRole('view-profile', 'manage-account');
    return sendJson(reply, listDevices(listSessions(realm, caller.person), caller));
  });

  /** All but this one, or that one too; what programs keep is ended as well. */
  server.delete('/sessions', (request, reply) => {
    const { person, session, requireRole } = admit(request);
    requireRole('manage-account');
    const takesThisToo = (request.query as Readonly<Record<string, string>>)['current'] === 'true';
    for (const each of listSessions(realm, person)) if (each !== session || takesThisToo) realm.end(each);
    return reply.code(204).send();
  });

  /** Also where there is none of that id. */
  server.delete('/sessions/:id', (request, reply) => {
    const { person, requireRole } = admit(request);
    requireRole('manage-account');
    const { id } = request.params as { readonly id: string };
    for (const each of listSessions(realm, person)) if (each.id === id) realm.end(each);
    return reply.code(204).send();
  });
}

function listSessions({ sessions }: RealmState, { id }: StoredPerson): StoredSession[] {
  return sessions.filter(({ personId }) => personId === id);
}

/** Devices of one system and version are one. */
function listDevices(sessions: readonly StoredSession[], caller: Caller) {
  const groups = new Map<string, StoredSession[]>();
  for (const session of sessions) {
    const { os } = new UAParser(session.userAgent).getResult();
    const key = `${os.name ?? 'Other'}\n${os.version ?? 'Unknown'}`;
    groups.set(key, [...(groups.get(key) ?? []), session]);
  }
  return [...groups].map(([key, members]) => {
    const [os, osVersion] = key.split('\n');
    const { device } = new UAParser(members[0]?.userAgent).getResult();
    const isCurrent = members.includes(caller.session);
    return {
      ...{ os, osVersion, device: device.model ?? 'Other' },
      lastAccess: Math.max(...members.map(({ lastAccess }) => lastAccess)),
      ...(isCurrent && { current: true }),
      sessions: members.map((session) => describe(session, caller)),
      mobile: device.type === 'mobile',
    };
  });
}

function describe(session: StoredSession, caller: Caller) {
  const { id, ipAddress, started, lastAccess, isOffline, clients, userAgent } = session;
  const { browser } = new UAParser(userAgent).getResult();
  return {
    ...{ id, ipAddress, started, lastAccess },
    expires: started + (isOffline ? longestOffline : longest),
    clients: [...clients.keys()].map(describeClient),
    browser: browser.name === undefined ? 'Other/Unknown' : `${browser.name}/${browser.version ?? 'Unknown'}`,
    ...(session === caller.session && { current: true }),
  };
}

function describeClient(clientId: string) {
  const name = findClient(clientId)?.name;
  return {
    clientId,
    ...(name !== undefined && { clientName: name }),
    ...{ userConsentRequired: false, inUse: false, offlineAccess: false },
  };
}
