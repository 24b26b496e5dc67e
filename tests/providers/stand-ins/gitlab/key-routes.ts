import * as z from 'zod';
import type { Answer, Route } from '../serve-stand-in.ts';
import { GitlabRefusal, readJson, requirePerson, type GitlabCall } from './gitlab-call.ts';
import { answerPage } from './paging.ts';
import { isSince, type GitlabKey } from './state.ts';

// A key can be added and removed; nothing renames it or moves its end.

const keySchema = z.object({
  title: z.string(),
  key: z.string(),
  expires_at: z.string().nullish(),
  usage_type: z.enum(['auth', 'signing', 'auth_and_signing']).default('auth_and_signing'),
});

const types = [
  'ssh-rsa',
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
];

export const keyRoutes: readonly Route<GitlabCall>[] = [
  {
    method: 'GET',
    path: '/api/v4/user/keys',
    answer: (call) => {
      const person = requirePerson(call);
      const own = call.state.keys.filter(({ owner }) => owner === person);
      return answerPage(call, own, (key) => describeKey(call, key));
    },
  },
  { method: 'POST', path: '/api/v4/user/keys', answer: addKey },
  {
    method: 'DELETE',
    path: '/api/v4/user/keys/{id}',
    answer: (call, { id }) => {
      const person = requirePerson(call);
      const found = call.state.keys.find((key) => key.owner === person && String(key.id) === id);
      if (!found) throw new GitlabRefusal(404, '404 Key Not Found');
      call.state.keys = call.state.keys.filter((key) => key !== found);
      return { status: 204 };
    },
  },
];

function addKey(call: GitlabCall): Answer {
  const person = requirePerson(call);
  const { state } = call;
  const { title, key, expires_at: end, usage_type: usage } = readJson(call, keySchema);
  const line = readLine(key, state.options.rsaBits);
  if (title === '') throw new GitlabRefusal(400, { title: ["can't be blank"] });
  if (title.length > 255) throw new GitlabRefusal(400, { title: ['is too long (maximum is 255 characters)'] });
  // Once on the whole instance, whoever has it.
  const taken = ['has already been taken'];
  if (state.keys.some((other) => other.line === line))
    throw new GitlabRefusal(
      400,
      isSince(state, '15.0') ? { fingerprint_sha256: taken } : { fingerprint: taken, key: taken },
    );
  const expiresAt = end ? new Date(end) : null;
  if (expiresAt && Number.isNaN(expiresAt.getTime()))
    throw new GitlabRefusal(400, '', { error: 'expires_at is invalid' });
  if (expiresAt && expiresAt.getTime() < Date.now())
    throw new GitlabRefusal(400, { key: ['has expired and the instance administrator has enforced expiration'] });
  const added: GitlabKey = { id: state.nextId(), owner: person, title, line, usage, created: new Date(), expiresAt };
  state.keys.push(added);
  return { status: 201, json: describeKey(call, added) };
}

/** Type and key of a line. Errors: GitlabRefusal 400. */
function readLine(text: string, rsaBits: number | null): string {
  const [type = '', key = ''] = text.trim().split(/\s+/);
  const invalid = new GitlabRefusal(400, { key: ['is invalid'], fingerprint_sha256: ['cannot be generated'] });
  if (/PRIVATE KEY/.test(text) || /\n./.test(text.trim()) || !types.includes(type)) throw invalid;
  const blob = Buffer.from(key, 'base64');
  if (blob.length < 4 || blob.subarray(4, 4 + blob.readUInt32BE(0)).toString() !== type) throw invalid;
  if (type === 'ssh-rsa') refuseShort(blob, rsaBits);
  return `${type} ${key}`;
}

function refuseShort(blob: Buffer, rsaBits: number | null): void {
  if (rsaBits === null)
    throw new GitlabRefusal(400, { key: ['type is forbidden. Must be DSA, ECDSA, ED25519, ECDSA_SK, or ED25519_SK'] });
  // RFC 4253, 6.6: the type, e, n.
  const field = (at: number) => blob.subarray(at + 4, at + 4 + blob.readUInt32BE(at));
  const type = field(0);
  const e = field(4 + type.length);
  const n = field(8 + type.length + e.length);
  const bits = BigInt(`0x${n.toString('hex') || '0'}`).toString(2).length;
  if (bits < rsaBits) throw new GitlabRefusal(400, { key: [`must be at least ${rsaBits} bits`] });
}

/** The comment is the person's name and the host: what was sent is not kept. */
function describeKey({ state }: GitlabCall, { id, title, line, usage, created, expiresAt, owner }: GitlabKey): object {
  return {
    ...{ id, title, created_at: created.toISOString(), expires_at: expiresAt?.toISOString() ?? null },
    key: `${line} ${owner.name} (${new URL(state.address).hostname})`,
    ...(isSince(state, '15.7') && { usage_type: usage }),
  };
}
