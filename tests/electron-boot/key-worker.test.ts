import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProviderDescription } from '../../shared/contract/connections.ts';
import type { ImportBatch } from '../../shared/contract/identity-keys.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { bootApp } from './boot-app.ts';
import { buildApp } from './build-app.ts';

let built: Awaited<ReturnType<typeof buildApp>>;
beforeAll(async () => {
  built = await buildApp();
});
afterAll(() => built.remove());

describe('K8 the key worker in its own process', { timeout: 30_000 }, () => {
  it('reads a pasted key; the main process only carries it there', async () => {
    using folder = makeTempFolder();
    const file = join(folder.path, 'id');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'mara@work', '-f', file]);
    await using app = bootApp(built.folder);
    await app.waitFor('window.show');
    const ask = async <T>(channel: string, input: unknown) =>
      ((await app.does.request(channel, input)) as { value: T }).value;
    const { demo } = await ask<ProviderDescription>('connections.inspect', { kind: 'embedded' });
    const { connectionId } = await ask<{ connectionId: string }>('auth.signIn', {
      target: { kind: 'embedded' },
      ...demo,
    });
    const { batch } = await ask<{ batch: ImportBatch }>('identityKeys.importPasted', {
      connectionId,
      batchId: null,
      text: readFileSync(file, 'utf8'),
    });
    expect(batch.rows).toMatchObject([{ verdict: 'accepted', kind: 'private', title: 'mara@work' }]);
    expect((await app.waitFor('utilityProcess.fork')).detail).toMatchObject({ module: 'key-worker.js' });
  });
});
