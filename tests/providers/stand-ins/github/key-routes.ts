import * as z from 'zod';
import type { Answer, Route } from '../serve-stand-in.ts';
import { GithubRefusal, readJson, requirePerson, type GithubCall, type Need } from './github-call.ts';
import { answerPage } from './paging.ts';
import type { GithubKey, GithubKeyList, GithubPerson } from './state.ts';

// Two lists of SSH keys, each with ids of its own (docs.github.com/rest/users/keys, …/users/ssh-signing-keys).

const permissions = { keys: 'git_ssh_keys', ssh_signing_keys: 'git_signing_ssh_public_keys' } as const;
const scopes = { keys: 'public_key', ssh_signing_keys: 'ssh_signing_key' } as const;

export const keyRoutes: readonly Route<GithubCall>[] = [...routesOf('keys'), ...routesOf('ssh_signing_keys')];

function routesOf(list: GithubKeyList): readonly Route<GithubCall>[] {
  const path = `/user/${list}`;
  return [
    {
      method: 'GET',
      path,
      answer: (call) => {
        const own = keysOf(call, list, requirePerson(call, needOf(list, 'read')));
        return answerPage(call, own, describeKey);
      },
    },
    { method: 'POST', path, answer: (call) => addKey(call, list) },
    { method: 'DELETE', path: `${path}/{id}`, answer: (call, { id }) => removeKey(call, list, id!) },
  ];
}

/** Deleting asks for more of a classic token than adding does. */
function needOf(list: GithubKeyList, level: 'read' | 'write' | 'admin'): Need {
  const enough = { read: ['read', 'write', 'admin'], write: ['write', 'admin'], admin: ['admin'] }[level];
  return {
    scopes: enough.map((each) => `${each}:${scopes[list]}`),
    permission: permissions[list],
    level: level === 'read' ? 'read' : 'write',
  };
}

function keysOf({ state }: GithubCall, list: GithubKeyList, owner: GithubPerson): GithubKey[] {
  if (list === 'ssh_signing_keys' && !state.options.hasSigningKeys) throw new GithubRefusal(404, 'Not Found');
  return state.keys.filter((key) => key.list === list && key.owner === owner);
}

const newKeySchema = z.object({ title: z.string().optional(), key: z.string() });

function addKey(call: GithubCall, list: GithubKeyList): Answer {
  const owner = requirePerson(call, needOf(list, 'write'));
  const { title = '', key } = readJson(call, newKeySchema);
  const refuse = (message: string): never => {
    throw new GithubRefusal(422, 'Validation Failed', {
      errors: [{ resource: 'PublicKey', code: 'custom', field: 'key', message }],
    });
  };
  const [, line] = /^((?:ssh-|ecdsa-sha2-|sk-)\S+ \S+)/.exec(key) ?? [];
  if (line === undefined) return refuse('key is invalid. You must supply a key in OpenSSH public key format');
  // Once in each list of everybody.
  if (call.state.keys.some((each) => each.list === list && each.line === line)) refuse('key is already in use');
  const id = call.state.nextId(list);
  const added = { id, list, owner, title, line, created: new Date(), lastUsed: null };
  call.state.keys.push(added);
  return { status: 201, json: describeKey(added) };
}

function removeKey(call: GithubCall, list: GithubKeyList, id: string): Answer {
  const owner = requirePerson(call, needOf(list, 'admin'));
  const key = keysOf(call, list, owner).find((each) => String(each.id) === id);
  if (!key) throw new GithubRefusal(404, 'Not Found');
  call.state.keys = call.state.keys.filter((each) => each !== key);
  return { status: 204 };
}

function describeKey({ id, list, title, line, created, lastUsed }: GithubKey): object {
  const created_at = created.toISOString().replace(/\.\d+Z/, 'Z');
  const ofList = list === 'keys' && { verified: true, read_only: false, last_used: lastUsed?.toISOString() ?? null };
  return { id, key: line, title, created_at, ...ofList };
}
