import * as z from 'zod';
import { cleanShort } from '../../core/clean-text.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AccountSessions, Agent, SessionFacts } from '../account-sessions.ts';
import { closeOneByOne } from '../common/close-one-by-one.ts';
import { isKey, type RealmMessages } from './messages.ts';
import { toSegment } from '../signed-sender.ts';
import type { Senders } from './senders.ts';
import { secondsToUtc } from '../common/to-utc.ts';

// Whoever signs in chooses some of these texts, so what is too long is cut by the map, not refused by the schema.

const optionalText = z.string().nullish();
/** Seconds since the epoch. */
const seconds = z.number().nullish();

const remoteSessionSchema = z.object({
  id: z.string().min(1).max(200),
  current: z.boolean().optional(),
  ipAddress: optionalText,
  started: seconds,
  lastAccess: seconds,
  expires: seconds,
  browser: optionalText,
  clients: z
    .array(z.object({ clientId: z.string(), clientName: optionalText }))
    .max(1_000)
    .nullish(),
});

/** Devices of one system and version are one. */
const remoteDevicesSchema = z
  .array(
    z.object({
      os: optionalText,
      osVersion: optionalText,
      device: optionalText,
      mobile: z.boolean().optional(),
      sessions: z.array(remoteSessionSchema).max(20_000),
    }),
  )
  .max(20_000);

type RemoteSession = z.infer<typeof remoteSessionSchema>;
type RemoteDevice = z.infer<typeof remoteDevicesSchema>[number];

const path = '/account/sessions';
/** Bytes: 20,000 sessions. */
const largestList = 20_000_000;
/** Sessions of a list; nobody looks through more. */
const maxSessions = 20_000;
/** Of one session. */
const maxPrograms = 50;
/** Characters of a text. */
const maxTextLength = 300;

/** Sessions of browsers, and what programs keep beyond them. */
export function createKeycloakSessions({ read, write }: Senders, messages: RealmMessages): AccountSessions {
  const end = (id: string) => write({ method: 'DELETE', path: `${path}/${toSegment(id)}`, schema: z.unknown() });
  return {
    async readSessions() {
      const request = { path: `${path}/devices`, schema: remoteDevicesSchema, maxBody: largestList };
      const devices = (await read({ ...request, method: 'GET' })).body;
      return toSessionList(devices, await readNames(devices, messages));
    },
    closeSessions: (ids) => closeOneByOne(ids, end),
    async closeOtherSessions() {
      await write({ method: 'DELETE', path, schema: z.unknown() });
    },
  };
}

/** The session of a browser and what a program keeps beyond it can have one id: they end together, and are one here. */
function toSessionList(devices: readonly RemoteDevice[], names: Names): SessionFacts[] {
  const all = devices.flatMap((device) => device.sessions.map((session) => toSessionFacts(session, device, names)));
  // The current one is the last to be put in, so it is never cut off, and stands for its namesake.
  const byId = new Map(all.toSorted(byCurrent).map((session) => [session.id, session]));
  const list = [...byId.values()].toReversed().slice(0, maxSessions);
  if (list.filter(({ isCurrent }) => isCurrent).length > 1)
    throw new AppError('untrusted-answer', { reason: 'wrong-shape' });
  return list;
}

function byCurrent(a: SessionFacts, b: SessionFacts): number {
  return Number(a.isCurrent) - Number(b.isCurrent);
}

function toSessionFacts(session: RemoteSession, device: RemoteDevice, names: Names): SessionFacts {
  return {
    id: session.id,
    isCurrent: session.current === true,
    userAgent: null,
    reported: toAgent(session, device),
    ipAddress: known(session.ipAddress),
    createdAt: secondsToUtc(session.started),
    lastModifiedAt: secondsToUtc(session.lastAccess),
    lastAuthenticatedAt: null,
    expiresAt: secondsToUtc(session.expires),
    programs: (session.clients ?? [])
      .slice(0, maxPrograms)
      .map((client) => nameOf(client, names))
      .filter(Boolean),
  };
}

/** Of programs whose name is the key of a text: key → words. */
type Names = ReadonlyMap<string, string>;
type RemoteClient = NonNullable<RemoteSession['clients']>[number];

async function readNames(devices: readonly RemoteDevice[], messages: RealmMessages): Promise<Names> {
  const clients = devices.flatMap(({ sessions }) => sessions.flatMap((session) => session.clients ?? []));
  const keys = [...new Set(clients.map(({ clientName }) => clientName).filter(isKey))];
  const words = await messages.spell(keys);
  return new Map(keys.map((key, index) => [key, words[index] ?? key]));
}

/** What nobody has words for is called by its id. */
function nameOf({ clientId, clientName }: RemoteClient, names: Names): string {
  const name = known(names.get(clientName ?? '') ?? clientName);
  return name && !isKey(name) ? name : (known(clientId) ?? '');
}

function toAgent({ browser }: RemoteSession, { os, osVersion, device, mobile, sessions }: RemoteDevice): Agent {
  // "Mobile Safari/18.0"
  const [, name = browser, version] = /^(.*)\/([^/]*)$/s.exec(browser ?? '') ?? [];
  return {
    browser: { name: known(name), version: known(version) },
    os: { name: known(os), version: known(osVersion) },
    // The model is that of the first session: of several nobody knows whose it is.
    device: {
      vendor: null,
      model: sessions.length === 1 ? known(device) : null,
      type: mobile === true ? 'mobile' : null,
    },
    engine: { name: null, version: null },
    cpu: null,
  };
}

/** Keycloak's words for what it could not read from a User-Agent. */
const unknownWords = ['', 'Other', 'Unknown'];

function known(text: string | null | undefined): string | null {
  const clean = cleanShort(text, maxTextLength);
  return unknownWords.includes(clean) ? null : clean;
}
