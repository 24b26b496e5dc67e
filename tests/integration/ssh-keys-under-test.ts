import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { FilePicker } from '../../electron/services/ports.ts';
import { createDownloadsFilePicker } from '../../preview/ports/downloads-file-picker.ts';
import { platform } from '../../server/presets/platform.ts';
import type { SshKeysSnapshot, ImportBatch } from '../../shared/contract/keys/ssh-keys.ts';
import type { Spawned } from '../support/spawned.ts';
import { run, startSshAgent, tryToRun } from '../support/ssh-tools.ts';
import { startKeyWorker } from '../support/start-key-worker.ts';
import { makeTempFolder, type TempFolder } from '../support/temp-folder.ts';
import { openAccount, type AccountUnderTest } from './account-under-test.ts';

/**
 * An account with a home folder of its own, the real SSH agent, and keys of `ssh-keygen` to import: `plain` (Ed25519),
 * `locked` (ECDSA under "open sesame"), `rsa` (2,048 bits) and `short` (1,024). Registers the hooks of the test file
 * that calls it.
 */
export function useSshKeys() {
  const { keyFile, agentPath } = useKeyFiles();
  const account = useAccount(agentPath);
  const accountInput = () => ({ accountId: account.at.accountId });
  const calls = () => account.at.app.calls.sshKeys;

  /** The batch once all of it was read. */
  async function whole({ batch }: { batch: ImportBatch | null }): Promise<ImportBatch> {
    const isOver = () =>
      account.at
        .heard<ImportBatch>('sshKeys.importProgressed')
        .some(({ batchId, state }) => batchId === batch?.batchId && state !== 'reading');
    await expect.poll(isOver).toBe(true);
    const { batch: now } = await calls().resumeImport(accountInput());
    if (!now) throw new Error('no batch');
    return now;
  }

  async function importFiles(...names: string[]): Promise<ImportBatch> {
    account.choose(names.map(keyFile));
    return whole(await calls().chooseFiles(accountInput()));
  }

  async function addFile(name: string, keepPrivate = true): Promise<SshKeysSnapshot['keys'][number]> {
    const { batchId, rows } = await importFiles(name);
    const { results, snapshot } = await calls().add({
      batchId,
      rows: [{ rowId: rows[0]!.rowId, title: '', keepPrivate }],
    });
    expect(results).toEqual([{ rowId: 'r1', error: null, keepError: null }]);
    return snapshot!.keys.find(({ title }) => title === `mara@${name}`)!;
  }

  return {
    account,
    agentPath,
    accountInput,
    calls,
    whole,
    importFiles,
    addFile,
    keyFile,
    textOf: (name: string) => readFileSync(keyFile(name), 'utf8'),
    list: () => calls().list({ ...accountInput(), from: 'provider' }),
    heard: () => account.at.heard<SshKeysSnapshot>('sshKeys.changed').at(-1),
    addedKeys: async () => (await tryToRun('ssh-add', ['-L'], { env: { SSH_AUTH_SOCK: agentPath } })).output.trim(),
  };
}

/** Made once for a test file. */
function useKeyFiles() {
  const keys = makeTempFolder();
  let realAgent: Spawned;
  const keyFile = (name: string) => join(keys.path, name);
  const agentPath = keyFile('agent');
  beforeAll(async () => {
    const make = (name: string, type: string, passphrase = '', ...more: string[]) =>
      run('ssh-keygen', ['-q', '-t', type, ...more, '-N', passphrase, '-C', `mara@${name}`, '-f', keyFile(name)]);
    await Promise.all([
      make('plain', 'ed25519'),
      make('locked', 'ecdsa', 'open sesame'),
      make('rsa', 'rsa', '', '-b', '2048'),
      make('short', 'rsa', '', '-b', '1024'),
    ]);
    realAgent = await startSshAgent(agentPath);
  });
  afterAll(async () => {
    await realAgent[Symbol.asyncDispose]();
    keys[Symbol.dispose]();
  });
  return { keyFile, agentPath };
}

/** A new one for each test; `choose`: what the file picker is answered with next. */
function useAccount(agentPath: string) {
  let at: AccountUnderTest;
  let home: TempFolder;
  let chosen: readonly string[] | null;
  beforeEach(async () => {
    home = makeTempFolder();
    mkdirSync(join(home.path, '.ssh'));
    chosen = null;
    const filePicker: FilePicker = {
      ...createDownloadsFilePicker({ HOME: home.path }),
      choose: () => Promise.resolve(chosen),
    };
    at = await openAccount(platform, {
      filePicker,
      ssh: { folder: join(home.path, '.ssh'), agentPath, startKeyWorker },
    });
    await at.prove();
    await tryToRun('ssh-add', ['-D'], { env: { SSH_AUTH_SOCK: agentPath } });
  });
  afterEach(async () => {
    await at[Symbol.asyncDispose]();
    home[Symbol.dispose]();
  });
  return {
    get at() {
      return at;
    },
    inSsh: (name: string) => join(home.path, '.ssh', name),
    get sshFolder() {
      return join(home.path, '.ssh');
    },
    choose: (paths: readonly string[] | null) => void (chosen = paths),
  };
}
