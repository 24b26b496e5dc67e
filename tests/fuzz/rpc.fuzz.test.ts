import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCodes } from '../../shared/contract/errors.ts';
import { contract } from '../../shared/contract/index.ts';
import type { Reply } from '../../shared/rpc/transport.ts';
import { makeTempFolder, memoryDisk } from '../support/temp-folder.ts';
import { isFull, keepFigures, Outcomes, ownPart } from './full-run.ts';
import { openFuzzedApp, type FuzzedApp } from './fuzzed-app.ts';
import { createInputMaker } from './make-input.ts';
import { seededNumbers } from './mutate.ts';
import { createStopwatch } from './stopwatch.ts';

const inputsPerCall = isFull ? 10_000 : 25;
/** These derive a key from a passphrase, which is meant to take long. */
const costly: Readonly<Record<string, number>> = {
  'deletion.exportData': 200,
  'madeKeys.make': 50,
  'sshKeys.exportPrivate': 200,
  'transfer.exportFile': 200,
  'transfer.openFile': 200,
  'vault.protect': 200,
  'vault.unlock': 200,
};
/** Milliseconds; whoever waits longer than this has been forgotten. */
const patience = 60_000;
/**
 * Milliseconds of processor time that an input may take, twice in a row: the first may have had to start a thread. Only
 * the long form looks.
 */
const maxMs = 50;
/** That work at the same time: this one, and the one that reads keys. */
const threads = 2;
/** Inputs that the stock lasts for. */
const stockedFor = 40;
/** Newest values remembered of a field. */
const remembered = 12;

/** It takes nothing, and where an input before it made a passphrase it ends all that the inputs after it work on. */
const leftOut = 'vault.lock';

const channels = Object.entries(contract).flatMap(([group, verbs]) =>
  Object.entries(verbs).flatMap(([verb, entry]) =>
    entry.kind === 'call' && `${group}.${verb}` !== leftOut
      ? [{ channel: `${group}.${verb}`, schema: entry.input }]
      : [],
  ),
);

describe('D2 every call, with inputs of every form', () => {
  const folder = makeTempFolder(memoryDisk());
  const stopwatch = createStopwatch();
  let app: FuzzedApp;
  beforeAll(async () => {
    app = await openFuzzedApp(folder.path);
  });
  afterAll(async () => {
    keepFigures('calls', { seed, inputs: sent, outcomes });
    await app.close();
    stopwatch[Symbol.dispose]();
    folder[Symbol.dispose]();
  });

  const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);
  const pick = seededNumbers(seed);
  const seen = new Map<string, unknown[]>();
  const outcomes: Record<string, Outcomes> = {};
  let sent = 0;
  let password = 'Quiet-harbour-72';
  let accountId = '';

  function known(field: string): readonly unknown[] {
    if (field === 'accountId' || field === 'again') return [accountId];
    if (field === 'password' || field === 'current') return [password];
    if (field === 'address') return [app.address];
    if (field === 'identifier' || field === 'email') return [app.identifier];
    const values = seen.get(singular(field)) ?? [];
    // The call that tells one may be in another part of the run.
    return field === 'secret' ? ['JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', ...values] : values;
  }

  /** The `id` of one of the `keys` in an answer is a `keyId` in a question. */
  function remember(value: unknown, field = '', of = ''): void {
    if (Array.isArray(value)) value.slice(0, 5).forEach((each) => remember(each, singular(field), of));
    else if (typeof value === 'object' && value !== null)
      for (const [name, each] of Object.entries(value)) remember(each, name, field);
    else if (typeof value === 'string' && value.length > 0 && value.length < 500) {
      const name = field === 'id' && of !== '' ? `${of}Id` : field;
      const values = seen.get(name) ?? [];
      if (!values.includes(value)) seen.set(name, [...values, value].slice(-remembered));
    }
  }

  function judge(reply: Reply): string {
    if (reply.ok) {
      remember(reply.value);
      return 'done';
    }
    const { code } = reply.error;
    if (code === 'internal') throw new Error(`internal: ${describeCause(app.internal.at(-1))}`);
    if (!errorCodes.includes(code)) throw new Error(`no such code: ${code}`);
    return code;
  }

  async function send(channel: string, input: unknown): Promise<string> {
    accountId = await app.revive(password);
    const began = performance.now();
    const outcome = judge(await inTime(app.dispatch(channel, input)));
    // No processor time is longer than what went by, which costs less to find out.
    const mayBeSlow = (performance.now() - began) * threads > maxMs;
    if (isFull && mayBeSlow && !(channel in costly)) await provePace(channel, input);
    if (channel === 'password.change' && outcome === 'done') password = (input as { next: string }).next;
    return outcome;
  }

  async function provePace(channel: string, input: unknown): Promise<void> {
    const first = await stopwatch.measure(async () => app.dispatch(channel, input));
    if (first.took <= maxMs) return;
    const again = await stopwatch.measure(async () => app.dispatch(channel, input));
    if (again.took > maxMs) throw new Error(`${channel} took ${first.took} ms, and then ${again.took}`);
  }

  /** Of everything there is to work on, and the proof that most acts ask for: acts before may have taken it away. */
  async function stockUp(): Promise<void> {
    accountId = await app.revive(password);
    const accountInput = { accountId };
    const line = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl laptop';
    await send('reauth.prove', { ...accountInput, proof: { kind: 'password', password } });
    const apiKey = await app.dispatch('apiKey.get', { ...accountInput, from: 'cache' });
    if (!apiKey.ok || !(apiKey.value as { key: unknown }).key)
      await send('apiKey.generate', { ...accountInput, name: 'Backup', expiresAt: null });
    const accessKeys = await app.dispatch('accessKeys.list', { ...accountInput, from: 'provider' });
    const keys = accessKeys.ok ? (accessKeys.value as { keys: { id: string }[] }).keys : [];
    for (const { id } of keys.slice(2)) await send('accessKeys.remove', { ...accountInput, keyId: id });
    await send('accessKeys.create', { ...accountInput, name: 'Dialer', expiresAt: null });
    await send('rotation.beginAccessKey', { ...accountInput, keyId: seen.get('keyId')?.at(-1) ?? 'none' });
    await send('sshKeys.importPasted', { ...accountInput, batchId: null, text: line });
    // Its private half is nowhere here.
    const row = { rowId: 'r1', title: 'Laptop', keepPrivate: false, saidYesTo: 'public-only' };
    await send('sshKeys.add', { batchId: seen.get('batchId')?.at(-1) ?? 'none', rows: [row] });
    await send('sshKeys.list', { ...accountInput, from: 'provider' });
  }

  it.each(ownPart(channels))(
    `$channel: ${inputsPerCall.toLocaleString('en')} inputs`,
    { timeout: 3_600_000 },
    async ({ channel, schema }) => {
      const make = createInputMaker(schema, pick, known);
      const own = (outcomes[channel] = new Outcomes());
      const inputs = Math.ceil(inputsPerCall / (costly[channel] ?? 1));
      for (let number = 0; number < inputs; number += 1) {
        if (number % stockedFor === 0) await stockUp();
        const input = make();
        try {
          own.add(await send(channel, input));
          sent += 1;
        } catch (error) {
          throw new Error(`${String(error)}: ${channel}, FUZZ_SEED=${seed}, input ${number}: ${show(input)}`, {
            cause: error,
          });
        }
      }
      // Inputs that never got past the gate would test nothing behind it.
      if (inputs >= 1_000)
        expect(
          own.names().some((outcome) => outcome !== 'invalid-request'),
          own.names().join(),
        ).toBe(true);
    },
  );
});

function singular(name: string): string {
  return name.replace(/ies$/, 'y').replace(/s$/, '');
}

async function inTime<T>(act: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), patience);
  });
  try {
    return await Promise.race([act, late]);
  } finally {
    // It would hold the answer until then, and with the ones of a minute the heap of a hundred thousand calls.
    clearTimeout(timer);
  }
}

function describeCause(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}

function show(input: unknown): string {
  try {
    return JSON.stringify(input, (_key, value: unknown) =>
      typeof value === 'bigint' ? `${String(value)}n` : value,
    ).slice(0, 2_000);
  } catch {
    return String(input);
  }
}
