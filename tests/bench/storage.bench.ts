import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { open, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTestKeyWrapper } from '../../electron/services/testing/test-key-wrapper.ts';
import { noteSpec, startStorage } from '../../electron/services/testing/test-storage.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import type { BenchRow } from './bench-row.ts';
import { measureSideBySide, percentile } from './measure.ts';

/** 256 KB as stored: a profile with a large picture is JSON with one long Base64 text. */
const text = randomBytes(192 * 1_024).toString('base64');
const rounds = 200;

const sealed = 'sealed document';
const cipher = 'plain AES-256-GCM';
const file = 'plain file';
const durable = 'plain durable file';
const start = 'first read after a start';

/** Of the 95th percentile: milliseconds, and how many times that of the same document as a plain durable file. */
const write = { ms: 10, ratio: 6 };
const read = { ms: 3, ratio: 3 };

/**
 * Store write and read of 256 KB, encrypted and durable, beside what is nothing but durable, nothing but written, or
 * nothing but encrypted.
 */
export async function run(): Promise<BenchRow[]> {
  using folder = makeTempFolder();
  const keyWrapper = createTestKeyWrapper();
  const document = startStorage(folder.path, keyWrapper).document(noteSpec('note.sealed'));
  const plainFile = join(folder.path, 'plain.json');
  const durableFile = join(folder.path, 'durable.json');
  const key = randomBytes(32);

  const writes = await measureSideBySide(
    [
      { name: sealed, act: () => document.write({ text }) },
      { name: cipher, act: () => encrypt(key, text) },
      { name: file, act: () => writeFile(plainFile, text) },
      { name: durable, act: () => writeDurably(folder.path, durableFile, { text }) },
    ],
    rounds,
  );
  const encrypted = encrypt(key, text);
  const reads = await measureSideBySide(
    [
      { name: sealed, act: () => document.read() },
      { name: cipher, act: () => decrypt(key, encrypted) },
      { name: file, act: () => readFile(plainFile) },
      { name: durable, act: () => readPlainly(durableFile) },
      { name: start, act: () => startStorage(folder.path, keyWrapper).document(noteSpec('note.sealed')).read() },
    ],
    rounds,
  );
  return [
    ...rowsOf('store write, 256 KB, encrypted and durable', writes, write),
    ...rowsOf('store read, 256 KB, decrypted and checked', reads, read),
    {
      name: 'first read of a run, with its key and ledger, p50',
      measured: percentile(reads[start] ?? [], 50),
      unit: 'ms',
    },
  ];
}

function rowsOf(name: string, times: Record<string, number[]>, max: { ms: number; ratio: number }): BenchRow[] {
  const at = (contender: string, percent: number): number => percentile(times[contender] ?? [], percent);
  const row = (percent: number, contender: string): BenchRow => ({
    name: `${name}, p${String(percent)}`,
    measured: at(sealed, percent),
    unit: 'ms',
    against: { name: contender, measured: at(contender, percent) },
  });
  return [
    row(50, file),
    row(50, cipher),
    row(50, durable),
    { ...row(95, durable), target: { max: max.ratio, of: 'ratio' } },
    { ...row(95, file), target: { max: max.ms, of: 'measured' } },
  ];
}

/** As careful as the store is, without its secrecy: the same value, whole or not at all, whenever the power fails. */
async function writeDurably(folder: string, path: string, value: unknown): Promise<void> {
  const temp = `${path}.tmp`;
  const opened = await open(temp, 'w', 0o600);
  try {
    await opened.writeFile(JSON.stringify(value));
    await opened.sync();
  } finally {
    await opened.close();
  }
  await rename(temp, path);
  const place = await open(folder, 'r');
  try {
    await place.sync();
  } finally {
    await place.close();
  }
}

async function readPlainly(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
}

interface Encrypted {
  readonly nonce: Buffer;
  readonly body: Buffer;
  readonly tag: Buffer;
}

function encrypt(key: Buffer, plain: string): Encrypted {
  const nonce = randomBytes(12);
  const aes = createCipheriv('aes-256-gcm', key, nonce);
  const body = Buffer.concat([aes.update(plain, 'utf8'), aes.final()]);
  return { nonce, body, tag: aes.getAuthTag() };
}

function decrypt(key: Buffer, { nonce, body, tag }: Encrypted): string {
  const aes = createDecipheriv('aes-256-gcm', key, nonce);
  aes.setAuthTag(tag);
  return aes.update(body, undefined, 'utf8') + aes.final('utf8');
}
