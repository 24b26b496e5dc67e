import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { platform } from '../../server/presets/platform.ts';
import type { Spawned } from '../support/spawned.ts';
import { startSshAgent, tryToRun } from '../support/ssh-tools.ts';
import { startKeyWorker } from '../support/start-key-worker.ts';
import { makeTempFolder, type TempFolder } from '../support/temp-folder.ts';
import { openAccount, type AccountUnderTest } from './account-under-test.ts';

// What the agent of the desktop holds once the app is locked: ssh-agent and ssh-add as OpenSSH has them.

const passphrase = 'seven tulips behind the mill';
let folder: TempFolder;
let agent: Spawned;
let agentPath: string;
let account: AccountUnderTest;
beforeEach(async () => {
  folder = makeTempFolder();
  agentPath = join(folder.path, 'agent');
  agent = await startSshAgent(agentPath);
  account = await openAccount(platform, { ssh: { folder: join(folder.path, '.ssh'), agentPath, startKeyWorker } });
  await account.prove();
  const chosen = { kind: 'new', text: passphrase, hint: null } as const;
  await account.app.calls.vault.protect({ keyStore: true, passphrase: chosen, current: null });
});
afterEach(async () => {
  agent.process.kill('SIGCONT');
  await account[Symbol.asyncDispose]();
  await agent[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const env = () => ({ SSH_AUTH_SOCK: agentPath });
const none = 'The agent has no identities.';
const held = async () => (await tryToRun('ssh-add', ['-l'], { env: env() })).output.trim();

/** Made here, and given to the agent. Its fingerprint. */
async function lend(lifetime: number | null): Promise<string> {
  const { madeKeys } = account.app.calls;
  const { madeId, sha256 } = await madeKeys.make({ kind: 'ed25519', comment: 'mara@desk', file: null });
  await madeKeys.add({ madeId, accountId: account.accountId });
  await madeKeys.lend({ madeId, lifetime });
  expect(await held()).toContain(sha256);
  return sha256;
}

describe('X11 K5 the SSH agent, once the app is locked', () => {
  it('has none of the keys that it was given here, and keeps those of others', async () => {
    await lend(3_600);
    await lend(null);
    const other = join(folder.path, 'other');
    await tryToRun('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'of another program', '-f', other]);
    await tryToRun('ssh-add', ['-q', other], { env: env() });
    await account.app.calls.vault.lock();
    expect((await held()).split('\n')).toEqual([expect.stringContaining('of another program')]);
    // Unlocked, the app has them still: in its vault.
    await account.app.calls.vault.unlock({ passphrase });
    const { keys } = await account.app.calls.sshKeys.list({ accountId: account.accountId, from: 'provider' });
    expect(keys.map(({ hasPrivateHalf, isInAgent }) => [hasPrivateHalf, isInAgent])).toEqual([
      [true, false],
      [true, false],
    ]);
  });

  it('keeps them where the person wished so', async () => {
    const sha256 = await lend(3_600);
    await account.app.calls.settings.update({ takeKeysBackOnLock: false });
    await account.app.calls.vault.lock();
    expect(await held()).toContain(sha256);
  });

  it('holds up no lock while it does not answer, and gives them back as soon as it does', async () => {
    await lend(3_600);
    agent.process.kill('SIGSTOP');
    await account.app.calls.vault.lock();
    await expect(account.app.calls.accounts.list()).rejects.toMatchObject({ code: 'key-store-unavailable' });
    agent.process.kill('SIGCONT');
    await expect.poll(held).toBe(none);
  });

  it('may be gone: the app is locked all the same', async () => {
    await lend(3_600);
    await agent.kill();
    await account.app.calls.vault.lock();
    await expect(account.app.calls.accounts.list()).rejects.toMatchObject({ code: 'key-store-unavailable' });
  });
});
