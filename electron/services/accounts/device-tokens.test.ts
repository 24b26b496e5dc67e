import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { createMemoryFiles } from '../testing/memory-files.ts';
import { createTestKeyWrapper } from '../testing/test-key-wrapper.ts';
import { startStorage } from '../testing/test-storage.ts';
import { createAccountSecrets } from './account-secrets.ts';
import type { StoredAccount } from './accounts.stored.ts';
import { storedTokensSchema } from './tokens.stored.ts';
import { createDeviceTokens } from './device-tokens.ts';

const here = { kind: 'address', address: 'https://profile.example' } as const;
const elsewhere = { kind: 'address', address: 'https://other.example' } as const;
const embedded = { kind: 'embedded' } as const;

function account(id: string, target: StoredAccount['target'] = here): StoredAccount {
  const person = { name: id, email: `${id}@example.org`, avatar: null };
  return { id, kind: 'reference', target, personId: id, providerName: 'Example', person, isSignedOut: true };
}

/** The accounts of this computer, each with its token. */
async function setUp(...accounts: readonly StoredAccount[]) {
  const files = createMemoryFiles();
  const keyWrapper = createTestKeyWrapper();
  const faults: unknown[] = [];
  const open = () => {
    const storage = startStorage(files, keyWrapper);
    const tokens = createDeviceTokens({
      storage,
      registry: { all: async () => ({ accounts, currentId: null }) },
      tolerate: async (write) => void (await write().catch((error: unknown) => faults.push(error))),
    });
    return { storage, tokens, secrets: createAccountSecrets(storage, tokens) };
  };
  const first = open();
  for (const { id } of accounts) await first.tokens.save(id, `token of ${id}`);
  return { files, faults, open, ...first };
}

const typed = (identifier: string, again?: string, target: StoredAccount['target'] = here) => ({
  kind: 'reference' as const,
  target,
  identifier,
  again,
});

describe('M6 device tokens, which one goes with a sign-in', () => {
  it.each([
    ['that of the typed address, in any case', typed('Ada@Example.org', 'bob'), 'token of ada'],
    ['that of the account that signs in again, by another name', typed('lovelace', 'ada'), 'token of ada'],
    ['none where two could be meant', typed('lovelace'), undefined],
    ['none to another service, whoever signs in again', typed('ada@example.org', 'ada', elsewhere), undefined],
    ['that of the demo to the demo', typed('whoever', undefined, embedded), 'token of demo'],
  ])('%s', async (_name, to, token) => {
    const { tokens } = await setUp(account('ada'), account('bob'), account('demo', embedded));
    expect(await tokens.find(to)).toBe(token);
  });

  it('that of the only account there, by a name that is no address', async () => {
    const { tokens } = await setUp(account('ada'), account('bob', elsewhere));
    expect(await tokens.find(typed('lovelace'))).toBe('token of ada');
  });

  it('none, and the sign-in goes on, where it cannot be read', async () => {
    const { storage } = await setUp(account('ada'));
    const tokens = createDeviceTokens({
      storage,
      registry: { all: () => Promise.reject(new AppError('key-store-unavailable')) },
      tolerate: async () => undefined,
    });
    expect(await tokens.find(typed('ada@example.org'))).toBeUndefined();
  });
});

describe('M6 device tokens, how they are kept', () => {
  const tokens = { kind: 'refreshing', access: 'a', expiresAt: 1, refresh: 'r' } as const;
  const ada = typed('ada@example.org');

  it('beside the tokens of a sign-in, past the sign-out and a start of the app', async () => {
    const { secrets, open } = await setUp(account('ada'));
    await secrets.save('ada', { ...tokens, deviceToken: 'new' });
    await secrets.remove('ada');
    const again = open();
    expect([await again.secrets.load('ada'), await again.tokens.find(ada)]).toEqual([undefined, 'new']);
  });

  it('until the account is removed, or its service gives none any more', async () => {
    const { files, ...kept } = await setUp(account('ada'));
    await kept.secrets.save('ada', tokens);
    expect(await kept.tokens.find(ada)).toBeUndefined();
    await kept.tokens.save('ada', 'new');
    await kept.tokens.forget('ada');
    expect(await kept.tokens.find(ada)).toBeUndefined();
    expect([...files.content.keys()].filter((name) => name.startsWith('device-'))).toEqual([]);
  });

  it('written only where it is another one', async () => {
    const { files, ...kept } = await setUp(account('ada'));
    const file = () => files.content.get('device-ada.sealed');
    const before = file();
    await kept.tokens.save('ada', 'token of ada');
    expect(file()).toBe(before);
    await kept.tokens.save('ada', 'new');
    expect(file()).not.toBe(before);
  });

  it('what the version before has written opens, and has one from the next renewal on', async () => {
    const { storage, open } = await setUp();
    const name = 'tokens-ada.sealed';
    await storage
      .document({ name, what: 'secrets', account: 'ada', version: 1, schema: storedTokensSchema })
      .write({ version: 1, accessToken: 'a', accessTokenExpiresAt: 1, refreshToken: 'r' });
    const { secrets, ...kept } = open();
    expect(await secrets.load('ada')).toMatchObject(tokens);
    await secrets.save('ada', { ...tokens, deviceToken: 'new' });
    expect(kept.storage.notices()).toEqual([]);
    expect(await secrets.load('ada')).toMatchObject(tokens);
  });

  it('a full disk takes nothing from a sign-in whose tokens are kept', async () => {
    const { files, faults, secrets } = await setUp(account('ada'));
    const write = files.write.bind(files);
    files.write = async (name, bytes) => {
      if (name.startsWith('device-')) throw new AppError('storage-fault', { reason: 'disk-full' });
      await write(name, bytes);
    };
    await secrets.save('ada', { ...tokens, deviceToken: 'new' });
    expect(await secrets.load('ada')).toMatchObject(tokens);
    expect(faults).toMatchObject([{ details: { reason: 'disk-full' } }]);
  });
});
