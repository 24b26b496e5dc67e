import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createMemoryFiles } from '../testing/memory-files.ts';
import type { SealedStorage } from '../vault/sealed-storage.ts';
import { createTestKeyWrapper } from '../testing/test-key-wrapper.ts';
import { startStorage } from '../testing/test-storage.ts';
import { createAccountRegistry } from './account-registry.ts';
import { createAccountSecrets } from './account-secrets.ts';

let start: () => SealedStorage;
beforeEach(() => {
  const [files, keyWrapper] = [createMemoryFiles(), createTestKeyWrapper()];
  start = () => startStorage(files, keyWrapper);
});

const person = { name: 'Ada', email: 'ada@example.org', avatar: null };

const noDeviceTokens = { save: () => Promise.resolve() };

/** As the app wrote it before it knew several kinds of provider. */
const olderAccounts = {
  version: 1,
  connections: [
    {
      id: 'a',
      provider: 'reference',
      target: { kind: 'embedded' },
      accountId: 'person a',
      providerName: 'Control account',
      person,
      isSignedOut: false,
    },
    {
      id: 'b',
      provider: 'reference',
      target: { kind: 'address', address: 'https://profile.example' },
      accountId: 'person b',
      providerName: 'Example',
      person,
      isSignedOut: true,
      isDeletionUnclear: true,
    },
  ],
  currentId: 'b',
};

const writeOlder = (name: string, what: 'connections' | 'secrets', account: string, value: unknown) =>
  start().document({ name, what, account, version: 1, schema: z.unknown() }).write(value);

describe('R1 D3 files of the version before', () => {
  it('give the same accounts, each at the reference API', async () => {
    await writeOlder('connections.sealed', 'connections', 'app', olderAccounts);
    expect(await createAccountRegistry(start()).all()).toEqual({
      accounts: [
        {
          id: 'a',
          kind: 'reference',
          target: { kind: 'embedded' },
          personId: 'person a',
          providerName: 'Control account',
          person,
          isSignedOut: false,
        },
        {
          id: 'b',
          kind: 'reference',
          target: { kind: 'address', address: 'https://profile.example' },
          personId: 'person b',
          providerName: 'Example',
          person,
          isSignedOut: true,
          isDeletionUnclear: true,
        },
      ],
      currentId: 'b',
    });
  });

  it('are written anew at the next change, and read again after that', async () => {
    await writeOlder('connections.sealed', 'connections', 'app', olderAccounts);
    await createAccountRegistry(start()).remove('a');
    const { accounts } = await createAccountRegistry(start()).all();
    expect(accounts.map(({ id, kind, personId }) => [id, kind, personId])).toEqual([['b', 'reference', 'person b']]);
  });

  it('keep a person signed in: the pair of tokens is one that refreshes', async () => {
    const older = {
      version: 1,
      accessToken: 'access',
      accessTokenExpiresAt: 1_700_000_000_000,
      refreshToken: 'refresh',
    };
    await writeOlder('tokens-a.sealed', 'secrets', 'a', older);
    expect(await createAccountSecrets(start(), noDeviceTokens).load('a')).toEqual({
      kind: 'refreshing',
      access: 'access',
      expiresAt: 1_700_000_000_000,
      refresh: 'refresh',
    });
  });
});

describe('R2 D3 tokens of each kind', () => {
  it.each([
    { kind: 'refreshing', access: 'a', expiresAt: 1, refresh: 'r' },
    { kind: 'fixed', token: 't', expiresAt: null, scopes: ['user', 'write:public_key'] },
    { kind: 'fixed', token: 't', expiresAt: 2, scopes: null },
    { kind: 'session', token: 's', expiresAt: 3 },
  ] as const)('are there after a restart: $kind', async (tokens) => {
    await createAccountSecrets(start(), noDeviceTokens).save('a', tokens);
    expect(await createAccountSecrets(start(), noDeviceTokens).load('a')).toEqual(tokens);
  });
});
