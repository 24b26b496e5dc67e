import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Answer, Route } from '../serve-stand-in.ts';
import { GiteaRefusal, readJson, requirePerson, type GiteaCall } from './gitea-call.ts';
import { answerPage } from './paging.ts';
import { readSshLine, type SshLine } from './read-ssh-line.ts';
import type { GiteaKey, GiteaPerson, GiteaState } from './state.ts';
import { describePerson, toTime } from './user-routes.ts';

// A key can be added and removed; nothing renames it.

const keySchema = z.object({ title: z.string().min(1), key: z.string().min(1), read_only: z.boolean().optional() });

export const keyRoutes: readonly Route<GiteaCall>[] = [
  { method: 'GET', path: '/api/v1/user/keys', answer: listKeys },
  { method: 'POST', path: '/api/v1/user/keys', answer: addKey },
  {
    method: 'GET',
    path: '/api/v1/user/keys/{id}',
    answer: (call, { id }) => {
      const person = requirePerson(call);
      return { status: 200, json: describeKey(call.state, findKey(call.state, id!), person) };
    },
  },
  { method: 'DELETE', path: '/api/v1/user/keys/{id}', answer: removeKey },
  {
    method: 'GET',
    path: '/api/v1/user/gpg_key_token',
    answer: (call) => ({
      status: 200,
      text: call.state.options.challenge || verificationToken(requirePerson(call), new Date(), 1),
    }),
  },
];

/** With a fingerprint it looks at the keys of everybody. */
function listKeys(call: GiteaCall): Answer {
  const person = requirePerson(call);
  const { state } = call;
  const fingerprint = call.call.url.searchParams.get('fingerprint');
  const found = state.keys.filter((key) => (fingerprint ? key.fingerprint === fingerprint : key.owner === person));
  return answerPage(call, found, (key) => describeKey(state, key, person), true);
}

function addKey(call: GiteaCall): Answer {
  const person = requirePerson(call);
  const { state } = call;
  const { title, key } = readJson(call, keySchema);
  refuseIfManaged(state);
  const { content, fingerprint } = readLine(key, state.options.rsaBits);
  // Once on the whole instance, whoever has it.
  if (state.keys.some((other) => other.fingerprint === fingerprint))
    throw new GiteaRefusal(422, 'Key content has been used as non-deploy key');
  if (state.keys.some((other) => other.owner === person && other.title === title))
    throw new GiteaRefusal(422, 'Key title has been used');
  const created = new Date();
  const added: GiteaKey = {
    ...{ id: state.nextId(), owner: person, title, content, fingerprint, created },
    ...{ lastUsed: created, verified: false, isExternal: false },
  };
  state.keys.push(added);
  return { status: 201, json: describeKey(state, added, person) };
}

function removeKey(call: GiteaCall, { id }: Readonly<Record<string, string>>): Answer {
  const person = requirePerson(call);
  const { state } = call;
  refuseIfManaged(state);
  const key = findKey(state, id!);
  if (key.isExternal) throw new GiteaRefusal(403, 'SSH Key is externally managed for this user');
  if (key.owner !== person) throw new GiteaRefusal(403, 'You do not have access to this key');
  state.keys = state.keys.filter((other) => other !== key);
  return { status: 204 };
}

function readLine(key: string, rsaBits: number): SshLine {
  try {
    return readSshLine(key, rsaBits);
  } catch (error) {
    throw new GiteaRefusal(422, `Invalid key content: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The list can be read all the same. */
function refuseIfManaged({ options }: GiteaState): void {
  if (options.keysAreManaged) throw new GiteaRefusal(404, 'ssh keys setting is not allowed to be changed');
}

function findKey({ keys }: GiteaState, id: string): GiteaKey {
  const key = keys.find((other) => other.id === Number(id));
  if (!key) throw new GiteaRefusal(404, 'not found');
  return key;
}

function describeKey(state: GiteaState, key: GiteaKey, looker: GiteaPerson): object {
  const { id, content, title, fingerprint, created, lastUsed, owner } = key;
  return {
    id,
    key: content,
    url: `${state.address}/api/v1/user/keys/${id}`,
    title,
    fingerprint,
    created_at: toTime(created),
    ...(state.options.flavour === 'gitea' && { last_used_at: toTime(lastUsed) }),
    ...(owner === looker && { user: describePerson(state, owner), key_type: 'user' }),
  };
}

/** What a signature of a key's owner has to be of, and is good for: this minute's (1) or the last one's (0). */
export function verificationToken(person: GiteaPerson, now: Date, minutes: 0 | 1): string {
  const minute = Math.floor(now.getTime() / 60_000) + minutes;
  const email = person.emails.find(({ primary }) => primary)?.email ?? '';
  const parts = [new Date(minute * 60_000).toUTCString(), person.created.toUTCString(), person.login, email, person.id];
  return createHash('sha256').update(parts.join(':')).digest('hex');
}
