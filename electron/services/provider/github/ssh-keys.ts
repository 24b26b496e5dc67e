import { AppError } from '../../../../shared/contract/errors.ts';
import { keyUsages, type KeyUsage } from '../../../../shared/contract/keys/ssh-keys.ts';
import type { AccountSshKeys } from '../account-ssh-keys.ts';
import { confirmOutcome } from '../outcome.ts';
import type { TokenScopes } from './http/scopes.ts';
import type { Senders } from './http/senders.ts';
import { createKeyLists, listNames, ofField, type List } from './key-lists.ts';

export function createGithubSshKeys(senders: Senders, scopes: Pick<TokenScopes, 'accessBy' | 'lacks'>): AccountSshKeys {
  const { readKeys, post, removing, remove } = createKeyLists(senders, scopes);
  const findKey = async (line: string) => (await readKeys()).find(({ publicLine }) => publicLine === line);

  /** Sent twice it would be refused as used, so it is looked up instead. */
  async function add(list: List, title: string, publicLine: string): Promise<void> {
    const has = async () => ((await findKey(publicLine))?.id.includes(list) ? (true as const) : undefined);
    await confirmOutcome<unknown>(() => post(list, title, publicLine), has).catch(async (error: unknown) => {
      throw isOf(error, 'taken') && (await has()) ? ofField('publicKey', 'duplicate') : error;
    });
  }

  return {
    async sshKeysState() {
      const keys = await readKeys();
      const needs = scopes.lacks('read:public_key') ? 'read:public_key' : 'write:public_key';
      const rights = { access: scopes.accessBy(needs), canVerify: false, canRename: false };
      const replacing = !scopes.lacks('admin:public_key') && ({ canReplace: true } as const);
      return { ...rights, ...replacing, usages: keyUsages, hasListPerUsage: true, limit: null, keys };
    },
    async addSshKey(title, publicLine, usage = 'authentication') {
      const refusals: AppError[] = [];
      const lists = listsOf(usage);
      for (const list of lists)
        await add(list, title, publicLine).catch((error: unknown) => {
          // In one of both already, it is added to the other.
          if (isOf(error, 'duplicate')) refusals.push(error);
          else throw error;
        });
      const [refusal] = refusals;
      if (refusal && refusals.length === lists.length) throw refusal;
      const key = await findKey(publicLine);
      if (!key) throw new AppError('not-found');
      return key;
    },
    renameSshKey: () => Promise.reject(new AppError('not-offered')),
    async removeSshKey(id) {
      const entries = readKeyId(id);
      if (entries.length === 0) throw new AppError('not-found');
      // Before any of them goes, or a key of both would be left in one.
      for (const { list } of entries) {
        const access = removing(list);
        if (access.kind === 'needs-permission') throw new AppError('forbidden', { permission: access.permission });
      }
      const gone = await Promise.all(entries.map(({ list, id: entry }) => unlessGone(remove(list, entry))));
      if (!gone.includes(true)) throw new AppError('not-found');
    },
    proveSshKey: () => Promise.reject(new AppError('not-offered')),
  };
}

function listsOf(usage: KeyUsage): readonly List[] {
  return usage === 'both' ? listNames : [usage];
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

function isOf(error: unknown, code: 'taken' | 'duplicate'): error is AppError {
  return error instanceof AppError && error.details.fields?.['publicKey']?.code === code;
}
