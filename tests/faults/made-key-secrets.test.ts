import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSystemClock } from '../../electron/services/core/clock.ts';
import { createFileLog } from '../../electron/services/log/file-log.ts';
import { platform } from '../../server/presets/platform.ts';
import { startTestServer } from '../../server/testing/test-server.ts';
import { readKey, splitPrivateKey } from '../../ssh-keys/index.ts';
import { noKeyWrapper, openApp, openKeyWrapper } from '../integration/services-under-test.ts';
import { disguisesOf, findSecrets, listFiles } from '../support/find-secrets.ts';
import { startKeyWorker } from '../support/start-key-worker.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

const passphrases = { right: 'seed 91ac otters in the reeds', wrong: `seed 20fd ${'x'.repeat(300)}` };

/** Its private number as it is, and in the texts that bytes become. */
async function tracesOf(file: string): Promise<Buffer[]> {
  const { privateKey } = await readKey(readFileSync(file), passphrases.right);
  const parts = splitPrivateKey(privateKey!);
  if (parts.kind !== 'ed25519') throw new Error('another kind');
  const seed = Buffer.from(parts.seed);
  const base64 = [0, 1, 2].map((shift) =>
    Buffer.concat([Buffer.alloc(shift), seed])
      .toString('base64')
      .slice(4, -4),
  );
  return [seed, ...[seed.toString('hex'), ...base64].map((text) => Buffer.from(text))];
}

describe('K10 D2 after keys were made here', () => {
  it.each([
    ['open', openKeyWrapper],
    ['absent', noKeyWrapper],
  ])(
    'neither passphrase nor private half is in a file, a log, an event or an answer: key store %s',
    async (_, wrapper) => {
      using folder = makeTempFolder();
      await using ends = new AsyncDisposableStack();
      const server = await startTestServer(platform);
      ends.defer(() => server.close());
      const sshFolder = join(folder.path, 'ssh');
      mkdirSync(join(folder.path, 'store'));
      const answers: string[] = [];
      const log = createFileLog({ folder: join(folder.path, 'store', 'logs'), clock: createSystemClock() });
      const ssh = { folder: sshFolder, agentPath: undefined, startKeyWorker };
      const app = await openApp(join(folder.path, 'store'), { keyWrapper: wrapper, log, ssh }, (_channel, reply) => {
        answers.push(JSON.stringify(reply));
      });
      const { identifier, password, address } = server;
      const result = await app.calls.auth.signIn({ target: { kind: 'address', address }, identifier, password });
      if (result.next !== 'done') throw new Error('a code was asked for');
      const { accountId } = result;
      await app.calls.reauth.prove({ accountId, proof: { kind: 'password', password } });
      const { make, add, lend, discard } = app.calls.madeKeys;
      const file = { name: 'id_seed', passphrase: passphrases.right };
      const { madeId } = await make({ kind: 'ed25519', comment: 'seeded', file });
      await expect(make({ kind: 'ed25519', comment: 'seeded', file })).rejects.toThrow();
      const tooLong = { name: 'id_other', passphrase: passphrases.wrong };
      await expect(make({ kind: 'ed25519', comment: 'seeded', file: tooLong })).rejects.toThrow();
      await expect(lend({ madeId, lifetime: null })).rejects.toThrow('agent-unavailable');
      await add({ madeId, accountId });
      await discard({ madeId });
      await app.close();

      const traces = await tracesOf(join(sshFolder, 'id_seed'));
      const told = Buffer.from([...answers, JSON.stringify(app.events)].join('\n'));
      expect(told.toString()).toContain('seeded');
      const all = [...traces, ...Object.values(passphrases).flatMap(disguisesOf)];
      expect(all.filter((each) => told.includes(each))).toEqual([]);
      expect(findSecrets(folder.path, Object.values(passphrases))).toEqual([]);
      const files = listFiles(folder.path).map((path) => readFileSync(path));
      expect(files.length).toBeGreaterThan(1);
      expect(traces.filter((each) => files.some((content) => content.includes(each)))).toEqual([]);
      expect(app.internal).toEqual([]);
    },
  );
});
