import * as z from 'zod';
import type { ErrorShape } from '../../../../shared/contract/error-shape.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { keyUsages, type KeyUsage } from '../../../../shared/contract/keys/ssh-keys.ts';
import { cleanText } from '../../core/clean-text.ts';
import type { Refusal } from '../../http/refusal.ts';
import type { AccountSshKeys, SshKeyFacts } from '../account-ssh-keys.ts';
import { maxTitle, readSshKeyLine, sshLinePattern } from '../common/ssh-key-facts.ts';
import { confirmOutcome } from '../outcome.ts';
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
type List = keyof typeof lists;
const listNames: readonly List[] = ['authentication', 'signing'];

interface Entry {
  readonly list: List;
  readonly key: RemoteSshKey;
}

export function createGithubSshKeys(senders: Senders, scopes: Pick<TokenScopes, 'accessBy' | 'lacks'>): AccountSshKeys {
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

  const readKeys = async () => joinEntries(await readEntries());
  const findKey = async (line: string) => (await readKeys()).find(({ publicLine }) => publicLine === line);

  async function post(list: List, title: string, publicLine: string): Promise<void> {
    const { path, scope } = lists[list];
    const send = senders(`write:${scope}`, explainKey);
    await send({ method: 'POST', path, body: { title, key: publicLine }, schema: remoteSshKeySchema });
  }

  /** Sent twice it would be refused as used, so it is looked up instead. */
  async function add(list: List, title: string, publicLine: string): Promise<void> {
    const has = async () => ((await findKey(publicLine))?.id.includes(list) ? (true as const) : undefined);
    await confirmOutcome<unknown>(() => post(list, title, publicLine), has).catch(async (error: unknown) => {
      throw isTaken(error) && (await has()) ? ofField('publicKey', 'duplicate') : error;
    });
  }

  async function remove(list: List, id: string): Promise<void> {
    const { path, scope } = lists[list];
    await senders(`admin:${scope}`)({ method: 'DELETE', path: `${path}/${id}`, schema: z.unknown() });
  }

  return {
    async sshKeysState() {
      const keys = await readKeys();
      const needs = scopes.lacks('read:public_key') ? 'read:public_key' : 'write:public_key';
      const rights = { access: scopes.accessBy(needs), canVerify: false, canRename: false };
      return { ...rights, usages: keyUsages, limit: null, keys };
    },
    async addSshKey(title, publicLine, usage = 'authentication') {
      for (const list of listsOf(usage)) await add(list, title, publicLine);
      const key = await findKey(publicLine);
      if (!key) throw new AppError('not-found');
      return key;
    },
    renameSshKey: () => Promise.reject(new AppError('not-offered')),
    async removeSshKey(id) {
      const entries = readKeyId(id);
      if (entries.length === 0) throw new AppError('not-found');
      const gone = await Promise.all(entries.map(({ list, id: entry }) => unlessGone(remove(list, entry))));
      if (!gone.includes(true)) throw new AppError('not-found');
    },
    proveSshKey: () => Promise.reject(new AppError('not-offered')),
  };
}

function listsOf(usage: KeyUsage): readonly List[] {
  return usage === 'both' ? listNames : [usage];
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

/** Of `authentication-12.signing-7`. */
function readKeyId(id: string): readonly { readonly list: List; readonly id: string }[] {
  const entries = id.split('.').map((part) => /^(authentication|signing)-([1-9]\d{0,15})$/.exec(part));
  return entries.flatMap((found) => {
    const list = listNames.find((each) => each === found?.[1]);
    return list && found?.[2] !== undefined ? [{ list, id: found[2] }] : [];
  });
}

/** Whether there was something to remove; without a scope the service says so of a key that is there, too. */
function unlessGone(act: Promise<void>): Promise<boolean> {
  return act.then(
    () => true,
    (error: unknown) => {
      if (error instanceof AppError && ['not-found', 'not-offered'].includes(error.code)) return false;
      throw error;
    },
  );
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

function ofField(field: string, code: 'taken' | 'duplicate' | 'not-valid'): AppError {
  return new AppError('invalid-request', { fields: { [field]: { code } } });
}

function isTaken(error: unknown): boolean {
  return error instanceof AppError && error.details.fields?.['publicKey']?.code === 'taken';
}
