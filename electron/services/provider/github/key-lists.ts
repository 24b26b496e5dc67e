import * as z from 'zod';
import type { FieldAccess } from '../../../../shared/contract/account/profile.ts';
import type { ErrorShape } from '../../../../shared/contract/error-shape.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { cleanText } from '../../core/clean-text.ts';
import type { Refusal } from '../../http/refusal.ts';
import type { SshKeyFacts } from '../account-ssh-keys.ts';
import { maxTitle, readSshKeyLine, sshLinePattern } from '../common/ssh-key-facts.ts';
import { readPages } from './http/paging.ts';
import { faultsOf } from './http/problem-body.ts';
import type { TokenScopes } from './http/scopes.ts';
import type { Senders } from './http/senders.ts';

const instant = z.iso.datetime({ offset: true });

const remoteSshKeySchema = z.object({
  id: z.int().positive(),
  title: z.string().max(1_000).nullish(),
  key: z.string().max(20_000).regex(sshLinePattern),
  created_at: instant,
  /** Null for never; signing keys lack it. */
  last_used: instant.nullish(),
});
type RemoteSshKey = z.infer<typeof remoteSshKeySchema>;

/** A key has an entry in one list or in both: each list has ids of its own. */
const lists = {
  authentication: { path: '/user/keys', scope: 'public_key' },
  signing: { path: '/user/ssh_signing_keys', scope: 'ssh_signing_key' },
} as const;
export type List = keyof typeof lists;
export const listNames: readonly List[] = ['authentication', 'signing'];

interface Entry {
  readonly list: List;
  readonly key: RemoteSshKey;
}

export interface KeyLists {
  /** Of both, a key of both once. Newest first. */
  readKeys(): Promise<SshKeyFacts[]>;
  post(list: List, title: string, publicLine: string): Promise<void>;
  /** What it takes, as far as it is known. */
  removing(list: List): FieldAccess;
  remove(list: List, id: string): Promise<void>;
}

export function createKeyLists(senders: Senders, scopes: Pick<TokenScopes, 'accessBy' | 'lacks'>): KeyLists {
  async function readList(list: List): Promise<Entry[]> {
    const { path, scope } = lists[list];
    const send = senders(`read:${scope}`);
    const all = await readPages({ send, path, schema: remoteSshKeySchema, keyOf: ({ id }) => id });
    return all.map((key) => ({ list, key }));
  }

  /** A token may see one list alone, and an older server has no other. */
  async function readIfSeen(list: List): Promise<Entry[]> {
    if (scopes.lacks(`read:${lists[list].scope}`)) return [];
    return readList(list).catch((error: unknown) => {
      if (error instanceof AppError && ['forbidden', 'not-offered'].includes(error.code)) return [];
      throw error;
    });
  }

  async function readEntries(): Promise<readonly Entry[]> {
    return [...(await readIfSeen('authentication')), ...(await readIfSeen('signing'))];
  }

  return {
    readKeys: async () => joinEntries(await readEntries()),
    async post(list, title, publicLine) {
      const { path, scope } = lists[list];
      const send = senders(`write:${scope}`, explainKey);
      await send({ method: 'POST', path, body: { title, key: publicLine }, schema: remoteSshKeySchema });
    },
    removing: (list) => scopes.accessBy(`admin:${lists[list].scope}`),
    async remove(list, id) {
      const { path, scope } = lists[list];
      await senders(`admin:${scope}`)({ method: 'DELETE', path: `${path}/${id}`, schema: z.unknown() });
    },
  };
}

/** By type and key, which is all that the service keeps of a line. Newest first. */
function joinEntries(entries: readonly Entry[]): SshKeyFacts[] {
  const byLine = new Map<string, Entry[]>();
  for (const entry of entries) {
    const { publicLine } = readSshKeyLine(entry.key.key);
    byLine.set(publicLine, [...(byLine.get(publicLine) ?? []), entry]);
  }
  return [...byLine.values()].map(toSshKey).toSorted((a, b) => (a.addedAt < b.addedAt ? 1 : -1));
}

function toSshKey(entries: readonly Entry[]): SshKeyFacts {
  const [first] = entries as readonly [Entry, ...Entry[]];
  const times = entries.map(({ key }) => new Date(key.created_at).toISOString()).toSorted();
  const used = entries.find(({ key }) => key.last_used)?.key.last_used;
  const id = entries.map(({ list, key }) => `${list}-${key.id}`).join('.');
  return {
    id,
    title: cleanText(first.key.title ?? '').slice(0, maxTitle),
    ...readSshKeyLine(first.key.key),
    addedAt: times[0] ?? '',
    lastUsedAt: used ? new Date(used).toISOString() : null,
    verifiedAt: null,
    usage: entries.some(({ list }) => list !== first.list) ? 'both' : first.list,
    revision: id,
  };
}

function explainKey(refusal: Refusal): ErrorShape | undefined {
  if (refusal.status !== 422) return undefined;
  const message = faultsOf(refusal)
    .map((fault) => `${fault.field} ${fault.code} ${fault.message}`)
    .join(' ');
  // Once on the whole service, whoever has it: as a key of a person or of a repository. The text alone tells.
  if (/already in use|already_exists/i.test(message)) return ofField('publicKey', 'taken').toShape();
  return ofField('publicKey', 'not-valid').toShape();
}

export function ofField(field: string, code: 'taken' | 'duplicate' | 'not-valid'): AppError {
  return new AppError('invalid-request', { fields: { [field]: { code } } });
}
