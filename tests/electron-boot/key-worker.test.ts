import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ProviderDescription } from '../../shared/contract/account/accounts.ts';
import type { ImportBatch } from '../../shared/contract/keys/ssh-keys.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { bootApp, type BootedApp } from './boot-app.ts';
import { buildApp } from './build-app.ts';

const built = await buildApp();
let keyText: string;
beforeAll(async () => {
  using folder = makeTempFolder();
  const file = join(folder.path, 'id');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'mara@work', '-f', file]);
  keyText = readFileSync(file, 'utf8');
});

/** As ssh-keygen made it on Debian in 2008, 64 bits, as process 4711. */
const weakKey =
  'ssh-rsa AAAAB3NzaC1yc2EAAAABIwAAAQEA2y+cdd6rGefZ6koQKapo1cw+DWtTZvgzv/h/Y8+IWMiRwJPTpXLzCxmHlhLBudm0snHBbTrRxFhEsM59YoBgrYFl+LmuTxR87JpVQpDd8b5Vv/Xlce8D3jOeWeQKtj0UxGW2VqMtQP6fQICTipVIcdTKrX3EDXXtQGakfMErEAXRPh/44MuKfW3/NkO1BOH2pTXy59eznQGrNIahAASRBpbJuUY7yp4hio1hjCvFyOUD1KcMxZZ0Vel9eJMiUipnZTmmHKiuvRbaGBgMQVGxDU78Q8y+jxOtt3ZHGDafYfEA88wliNw1O5kfv4OkcPBlVzEvaGVkfLGQ+BiZIHAznQ==';

const name = 'Profile Desk key reader';

async function signIn(app: BootedApp): Promise<string> {
  await app.waitFor('window.show');
  const ask = async <T>(channel: string, input: unknown) =>
    ((await app.does.request(channel, input)) as { value: T }).value;
  const { demo } = await ask<ProviderDescription>('accounts.inspect', { kind: 'embedded' });
  const target = { kind: 'embedded' };
  return (await ask<{ accountId: string }>('auth.signIn', { target, ...demo })).accountId;
}

async function paste(app: BootedApp, accountId: string, text = keyText): Promise<ImportBatch> {
  const answer = await app.does.request('sshKeys.importPasted', { accountId, batchId: null, text });
  return (answer as { value: { batch: ImportBatch } }).value.batch;
}

const read = { rows: [{ verdict: 'accepted', kind: 'private', title: 'mara@work' }] };

interface Detail {
  readonly module: string;
  readonly environment: readonly string[];
  readonly direction: 'to' | 'from';
  readonly surplus: number;
}
const notesOf = async (app: BootedApp, call: string): Promise<Detail[]> =>
  (await app.does.journal()).filter((entry) => entry.call === call).map(({ detail }) => detail as Detail);

describe('K8 the key worker in its own process', () => {
  it('reads a pasted key; the main process only carries it there', async () => {
    await using app = bootApp(built);
    expect(await paste(app, await signIn(app))).toMatchObject(read);
    const forks = await notesOf(app, 'utilityProcess.fork');
    expect(forks.map(({ module }) => module)).toEqual(['embedded-server.js', 'key-worker.js']);
  });

  it('K4: has the list of weak keys beside it', async () => {
    await using app = bootApp(built);
    expect(await paste(app, await signIn(app), weakKey)).toMatchObject({
      rows: [
        {
          verdict: 'refused',
          problems: [
            { code: 'known-key', source: 'debian-2008' },
            { code: 'rsa-short' },
            { code: 'rsa-exponent-small' },
          ],
        },
      ],
    });
  });

  it('finds nothing of the environment, and neither does the embedded server', async () => {
    await using app = bootApp(built, { env: { A_TOKEN: 'secret' } });
    await paste(app, await signIn(app));
    const found = (await notesOf(app, 'utilityProcess.environment')).map(({ environment }) => environment);
    expect(found).toHaveLength(2);
    for (const names of found) expect(names).not.toContain('A_TOKEN');
    // Windows and macOS put some of their own into every process.
    const names = found[1]?.filter((each) => !each.startsWith('NODE_CHANNEL_'));
    if (process.platform === 'linux') expect(names).toEqual(['LANG']);
  });

  it('gets the bytes of the key alone, and sends back nothing that lay beside them in memory', async () => {
    await using app = bootApp(built);
    await paste(app, await signIn(app));
    const messages = (await notesOf(app, 'utilityProcess.message')).filter(({ module }) => module === 'key-worker.js');
    expect(messages.map(({ direction, surplus }) => ({ direction, surplus }))).toEqual([
      { direction: 'to', surplus: 0 },
      { direction: 'from', surplus: 0 },
    ]);
  });

  it('may run out of memory: the app lives, and the next key has a new worker', async () => {
    await using app = bootApp(built, { env: { A_TOKEN: 'the token of the report' } });
    const accountId = await signIn(app);
    await paste(app, accountId);
    await app.does.breakChild(name);
    await app.waitFor('utilityProcess.exit');
    expect(await paste(app, accountId)).toMatchObject(read);
    expect(await app.calls()).not.toContain('dialog.showErrorBox');
    const log = readFileSync(join(app.userData, 'logs/profile-desk.log'), 'utf8');
    expect(log).toContain('a child process ended');
    expect(log).not.toContain('the token of the report');
  });

  it('D2 that is ended because it has nothing to do is no warning', async () => {
    await using app = bootApp(built);
    const accountId = await signIn(app);
    await paste(app, accountId);
    await app.does.quit();
    await app.ended;
    const log = readFileSync(join(app.userData, 'logs/profile-desk.log'), 'utf8');
    expect(log.split('\n').filter((line) => line.includes('a child process ended') && line.includes('"warn"'))).toEqual(
      [],
    );
  });
});

describe('D7 an embedded server that is stopped before it has come up', () => {
  it('is ended as soon as it has, and nobody waits for it in vain', async () => {
    await using app = bootApp(built, { spawnDelay: 1_000 });
    await app.waitFor('window.show');
    void app.does.request('accounts.inspect', { kind: 'embedded' }).catch(() => undefined);
    await app.waitFor('utilityProcess.fork');
    await app.does.quit();
    const { journal } = await app.ended;
    const calls = journal.map(({ call }) => call);
    expect(calls).toContain('utilityProcess.exit');
    expect(calls.indexOf('utilityProcess.exit')).toBeLessThan(calls.indexOf('app.exit'));
  });
});
