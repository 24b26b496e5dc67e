import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createServer, type ProfileServer } from './create-server.ts';
import { StorageError } from './database/database.ts';
import { defaultPreset, findPreset } from './presets/presets.ts';
import type { PasswordHasher } from './security/passwords.ts';
import { createTestFolder } from './testing/test-database.ts';

/** Counts the work instead of doing it. */
function countingHasher(): PasswordHasher & { verified: string[] } {
  const verified: string[] = [];
  return {
    verified,
    hash: async (password) => `hash of ${password}`,
    verify: async (hashed, password) => {
      verified.push(hashed);
      return hashed === `hash of ${password}`;
    },
  };
}

async function open(dataFolder: string, presetId = 'platform', passwords = countingHasher()): Promise<ProfileServer> {
  const preset = findPreset(presetId);
  if (!preset) throw new Error(presetId);
  return createServer({ dataFolder, preset, passwords });
}

const post = async (address: string, path: string, body: object) => {
  const answer = await fetch(new URL(path, address), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
};

describe('D7 server', () => {
  it('keeps accounts and sessions over a restart', async () => {
    const folder = createTestFolder();
    const first = await open(folder);
    const { identifier, password } = await first.ensureDemoAccount({ resetPassword: false });
    const { body } = await post(await first.listen(0), '/auth/sign-in', { identifier, password });
    await first.close();
    const second = await open(folder);
    expect((await post(await second.listen(0), '/auth/refresh', { refreshToken: body['refreshToken'] })).status).toBe(
      200,
    );
    await second.close();
    expect(readdirSync(folder)).toEqual(['platform.db', 'platform.key']);
  });

  it('keeps the people of each preset apart in one folder', async () => {
    const folder = createTestFolder();
    const servers = [await open(folder), await open(folder, 'contact-center')];
    const demos = await Promise.all(servers.map((server) => server.ensureDemoAccount({ resetPassword: false })));
    expect(new Set(demos.map(({ password }) => password)).size).toBe(2);
    const names = servers.map(({ stores: { accounts } }) => accounts.readUser(accounts.findDemo() ?? '').firstName);
    expect(names).toEqual(['Yuki', 'Daniel']);
    await Promise.all(servers.map((server) => server.close()));
  });

  it('lets one of two servers on one folder use a refresh token, not both', async () => {
    const folder = createTestFolder();
    const servers = [await open(folder), await open(folder)];
    const addresses = await Promise.all(servers.map((server) => server.listen(0)));
    const { identifier, password } = await servers[0]!.ensureDemoAccount({ resetPassword: false });
    const { body } = await post(addresses[0]!, '/auth/sign-in', { identifier, password });
    const answers = await Promise.all(
      addresses.map((address) => post(address, '/auth/refresh', { refreshToken: body['refreshToken'] })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    await Promise.all(servers.map((server) => server.close()));
  });

  it('does the same work for a wrong password and an unknown account', async () => {
    const passwords = countingHasher();
    const server = await open(createTestFolder(), 'platform', passwords);
    const { identifier } = await server.ensureDemoAccount({ resetPassword: false });
    const address = await server.listen(0);
    await post(address, '/auth/sign-in', { identifier, password: 'x' });
    await post(address, '/auth/sign-in', { identifier: 'nobody', password: 'x' });
    expect(passwords.verified).toHaveLength(2);
    expect(passwords.verified[0]).not.toBe(passwords.verified[1]);
    await server.close();
  });

  it('starts no session for a password that was changed while it was being checked', async () => {
    let release: (() => void) | undefined;
    const passwords: PasswordHasher = {
      hash: async (password) => password,
      async verify(hashed, password) {
        await new Promise<void>((resolve) => (release = resolve));
        return hashed === password;
      },
    };
    const server = await createServer({ dataFolder: createTestFolder(), preset: defaultPreset, passwords });
    const { identifier, password } = await server.ensureDemoAccount({ resetPassword: false });
    const answer = post(await server.listen(0), '/auth/sign-in', { identifier, password });
    await expect.poll(() => release).toBeDefined();
    server.stores.accounts.setPassword(server.stores.accounts.findDemo() ?? '', 'another');
    release?.();
    expect((await answer).body['code']).toBe('wrong-credentials');
    await server.close();
  });

  it('refuses a folder it cannot use, and says which', async () => {
    const file = join(createTestFolder(), 'file');
    writeFileSync(file, '');
    await expect(open(file)).rejects.toThrow(StorageError);
    await expect(open(file)).rejects.toThrow(file);
  });

  it('refuses a port that is taken', async () => {
    const [first, second] = [await open(createTestFolder()), await open(createTestFolder())];
    const { port } = new URL(await first.listen(0));
    await expect(second.listen(Number(port))).rejects.toThrow('EADDRINUSE');
    await Promise.all([first.close(), second.close()]);
  });
});
