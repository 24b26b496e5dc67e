import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeTempFolder } from '../../../../../tests/support/temp-folder.ts';
import { exportOpenSsh, makeKey, type PrivateKey } from '../../../../../ssh-keys/index.ts';
import { createSystemClock } from '../../../core/clock.ts';
import type { KeyCalls } from '../worker/key-worker.ts';
import { MadeKeys } from './made-keys.ts';

const isWiped = (bytes: Uint8Array) => bytes.every((byte) => byte === 0);

/** Keys as a worker makes them, each handed out by `release`. */
async function setUp(folder: string) {
  const given: { key: PrivateKey; file: Uint8Array }[] = [];
  const key = await makeKey('ed25519', 'mara@desk');
  let release = (): void => undefined;
  let note = (): void => undefined;
  /** The worker was asked. */
  const asked = new Promise<void>((resolve) => (note = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));
  const keys = {
    make: async () => {
      note();
      await released;
      const answer = { key: { ...key, agentForm: new Uint8Array(key.agentForm) }, file: exportOpenSsh(key) };
      given.push(answer);
      return answer;
    },
  } as Pick<KeyCalls, 'make'> as KeyCalls;
  const made = new MadeKeys({ worker: { run: (job) => job(keys) }, clock: createSystemClock(), folder });
  const make = () => made.make('ed25519', { comment: 'mara@desk', file: { name: 'id_x', passphrase: '' } });
  return { made, make, asked, release, given };
}

describe('K10 the private half in memory', () => {
  it('K10: is wiped when it is done with; its file at once', async () => {
    using folder = makeTempFolder();
    const { made, make, release, given } = await setUp(folder.path);
    release();
    const { madeId, key } = await make();
    expect([isWiped(key.agentForm), isWiped(given[0]!.file)]).toEqual([false, true]);
    made.discard(madeId);
    expect(isWiped(key.agentForm)).toBe(true);
    expect(() => made.get(madeId)).toThrow('not-found');
  });

  it('K10: is wiped when the app locks or ends', async () => {
    using folder = makeTempFolder();
    const { made, make, release } = await setUp(folder.path);
    release();
    const { key } = await make();
    made.clear();
    expect(isWiped(key.agentForm)).toBe(true);
  });

  it('K10: of what was called off is wiped when it comes, and nothing is written', async () => {
    using folder = makeTempFolder();
    const { made, make, release, given } = await setUp(folder.path);
    const making = make().catch((error: unknown) => error);
    made.cancel();
    expect(await making).toMatchObject({ code: 'cancelled' });
    release();
    await expect.poll(() => given.map(({ key, file }) => isWiped(key.agentForm) && isWiped(file))).toEqual([true]);
    expect(existsSync(join(folder.path, 'id_x'))).toBe(false);
  });

  it('K10: is wiped where its file cannot be written', async () => {
    using folder = makeTempFolder();
    const place = join(folder.path, 'ssh');
    const { make, asked, release, given } = await setUp(place);
    const making = make().catch((error: unknown) => error);
    await asked;
    mkdirSync(place);
    // Somebody else was there first.
    writeFileSync(join(place, 'id_x.pub'), 'mine');
    release();
    expect(await making).toMatchObject({ details: { fields: { fileName: { code: 'duplicate' } } } });
    expect(given.map(({ key, file }) => isWiped(key.agentForm) && isWiped(file))).toEqual([true]);
    expect(existsSync(join(place, 'id_x'))).toBe(false);
  });
});
