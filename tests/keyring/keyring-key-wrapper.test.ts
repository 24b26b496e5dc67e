import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { bundleOf } from '../support/bundles.ts';
import { missingKeyringPrograms, runWithBus, runWithKeyring, type KeyringState } from '../support/gnome-keyring.ts';
import { makeTempFolder } from '../support/temp-folder.ts';

const missing = missingKeyringPrograms();
const why = missing.length > 0 ? ` (skipped: no ${missing.join(', ')})` : '';
const user = await bundleOf('keyring-user');

const home = makeTempFolder();
afterAll(() => home[Symbol.dispose]());

const answerSchema = z
  .object({ value: z.unknown(), error: z.unknown(), longestBlock: z.number() })
  .partial({ value: true, error: true });
type Answer = z.infer<typeof answerSchema>;

async function ask(state: KeyringState, act: string, argument = ''): Promise<Answer> {
  return answerSchema.parse(JSON.parse(await runWithKeyring(state, home.path, user, [act, argument])));
}

async function askBus(address: string | undefined, act: string, argument = ''): Promise<Answer> {
  return answerSchema.parse(JSON.parse(await runWithBus(address, home.path, user, [act, argument])));
}

async function wrapNew(): Promise<{ key: string; wrapped: string }> {
  const key = randomBytes(32).toString('hex');
  const { value } = await ask('open', 'wrap', key);
  return { key, wrapped: z.string().parse(value) };
}

const refused = (reason: string): object => ({ error: { code: 'key-store-unavailable', reason } });

describe.skipIf(missing.length > 0)(`D3 the vault key under a real gnome-keyring${why}`, () => {
  it('opens again in another process and another session', async () => {
    const { key, wrapped } = await wrapNew();
    expect(wrapped).not.toContain(key);
    expect(await ask('open', 'status')).toMatchObject({ value: { available: true, name: 'Secret Service' } });
    expect(await ask('open', 'unwrap', wrapped)).toMatchObject({ value: key });
  });

  it('takes a helper that is late on a busy computer for no key store that keeps silent', async () => {
    const { key, wrapped } = await wrapNew();
    using folder = makeTempFolder();
    const late = join(folder.path, 'late.mjs');
    // Longer than the key store itself may keep silent.
    const wait = 'await new Promise((resolve) => setTimeout(resolve, 10_500));';
    writeFileSync(late, `if (process.argv[1]?.includes('keyring-helper')) ${wait}`);
    const environment = { NODE_OPTIONS: `--import ${late}` };
    const answer = await runWithKeyring('open', home.path, user, ['unwrap', wrapped], environment);
    expect(JSON.parse(answer)).toMatchObject({ value: key });
  });

  it('never overwrites what an earlier key needs', async () => {
    const [first, second] = [await wrapNew(), await wrapNew()];
    expect(await ask('open', 'unwrap', first.wrapped)).toMatchObject({ value: first.key });
    expect(await ask('open', 'unwrap', second.wrapped)).toMatchObject({ value: second.key });
  });

  it('stays closed while the key store is locked, says so, and opens afterwards', async () => {
    const { key, wrapped } = await wrapNew();
    expect(await ask('locked', 'unwrap', wrapped)).toMatchObject(refused('key-store-locked'));
    expect(await ask('locked', 'wrap', key)).toMatchObject(refused('key-store-locked'));
    expect(await ask('open', 'unwrap', wrapped)).toMatchObject({ value: key });
  });

  it('says that another key store never held it, and locked if that one will not tell', async () => {
    const { wrapped } = await wrapNew();
    rmSync(join(home.path, 'data'), { recursive: true });
    expect(await ask('empty', 'unwrap', wrapped)).toMatchObject(refused('key-store-locked'));
    await wrapNew();
    expect(await ask('open', 'unwrap', wrapped)).toMatchObject(refused('key-store-changed'));
    expect(await ask('locked', 'unwrap', wrapped)).toMatchObject(refused('key-store-locked'));
  });

  it('does not open once a byte was changed, wherever', async () => {
    const { wrapped } = await wrapNew();
    for (const at of [0, 17, 30, wrapped.length / 2 - 1]) {
      const bytes = Buffer.from(wrapped, 'hex');
      bytes[at]! ^= 1;
      expect(await ask('open', 'unwrap', bytes.toString('hex'))).toMatchObject(refused('key-store-changed'));
    }
    expect(await ask('open', 'unwrap', wrapped.slice(0, 40))).toMatchObject(refused('key-store-changed'));
  });

  it('is refused, without a word from the key store for long, when that hangs', async () => {
    const answer = await ask('stopped', 'status');
    expect(answer).toMatchObject({ value: { available: false } });
    // Milliseconds: the screen must stay usable meanwhile; the library itself blocks for 2,000.
    expect(answer.longestBlock).toBeLessThan(1_000);
  });

  it('is not kept by a key store that has no place for it', async () => {
    rmSync(join(home.path, 'data'), { recursive: true, force: true });
    expect(await ask('empty', 'wrap', '00')).toMatchObject(refused('key-store-locked'));
  });
});

describe.skipIf(missing.length > 0)(`D3 a passphrase beside a real gnome-keyring${why}`, () => {
  it('opens what is kept while that is locked, silent, gone or another one; open, it opens by itself', async () => {
    using data = makeTempFolder();
    expect(await ask('open', 'keep', data.path)).toMatchObject({ value: { protection: 'key-store' } });
    const byItself = { alone: 'kept', keyStoreProblem: null, withPassphrase: 'kept' };
    expect(await ask('open', 'open', data.path)).toMatchObject({ value: byItself });
    const alone = 'AppError: key-store-unavailable (passphrase-needed)';
    const byPassphrase = { alone, keyStoreProblem: 'locked', withPassphrase: 'kept' };
    for (const state of ['locked', 'stopped'] as const)
      expect(await ask(state, 'open', data.path), state).toMatchObject({ value: byPassphrase });
    expect(await askBus(undefined, 'open', data.path)).toMatchObject({ value: byPassphrase });
    rmSync(join(home.path, 'data'), { recursive: true });
    await wrapNew();
    const emptied = { ...byPassphrase, keyStoreProblem: 'changed' };
    expect(await ask('open', 'open', data.path)).toMatchObject({ value: emptied });
  });
});

describe.skipIf(process.platform !== 'linux')('D3 without a D-Bus session', () => {
  it('there is no key store, and the reason is known', async () => {
    expect(await askBus(undefined, 'status')).toMatchObject({
      value: { available: false, cause: expect.stringContaining('DBus') },
    });
    expect(await askBus(undefined, 'unwrap', '01'.repeat(80))).toMatchObject(refused('key-store-locked'));
    expect(await askBus(undefined, 'wrap', '00')).toMatchObject(refused('key-store-locked'));
  });

  it('nor with one that takes the call and keeps silent for ever', async () => {
    const path = join(home.path, 'mute-bus');
    const mute = createServer();
    await new Promise<void>((resolve) => mute.listen(path, resolve));
    try {
      const answer = await askBus(`unix:path=${path}`, 'status');
      expect(answer).toMatchObject({
        value: { available: false, cause: 'key store: entry.open took more than 10000 ms' },
      });
      expect(answer.longestBlock).toBeLessThan(1_000);
    } finally {
      mute.close();
    }
  });
});
