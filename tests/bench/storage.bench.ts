import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
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
const start = 'first read after a start';

/**
 * Store write and read of 256 KB, encrypted and durable, beside what is nothing but encrypted or nothing but written.
 */
export async function run(): Promise<BenchRow[]> {
  using folder = makeTempFolder();
  const keyWrapper = createTestKeyWrapper();
  const document = startStorage(folder.path, keyWrapper).document(noteSpec('note.sealed'));
  const plainFile = join(folder.path, 'plain.json');
  const key = randomBytes(32);

  const writes = await measureSideBySide(
    [
      { name: sealed, act: () => document.write({ text }) },
      { name: cipher, act: () => encrypt(key, text) },
      { name: file, act: () => writeFile(plainFile, text) },
    ],
    rounds,
  );
  const encrypted = encrypt(key, text);
  const reads = await measureSideBySide(
    [
      { name: sealed, act: () => document.read() },
      { name: cipher, act: () => decrypt(key, encrypted) },
      { name: file, act: () => readFile(plainFile) },
      { name: start, act: () => startStorage(folder.path, keyWrapper).document(noteSpec('note.sealed')).read() },
    ],
    rounds,
  );
  return [
    ...rowsOf('store write, 256 KB, encrypted and durable', writes, 10),
    ...rowsOf('store read, 256 KB, decrypted and checked', reads, 3),
    {
      name: 'first read of a run, with its key and ledger, p50',
      measured: percentile(reads[start] ?? [], 50),
      unit: 'ms',
    },
  ];
}

function rowsOf(name: string, times: Record<string, number[]>, max: number): BenchRow[] {
  const at = (contender: string, percent: number): number => percentile(times[contender] ?? [], percent);
  const against = (contender: string, percent: number) => ({ name: contender, measured: at(contender, percent) });
  return [
    { name: `${name}, p50`, measured: at(sealed, 50), unit: 'ms', against: against(file, 50) },
    { name: `${name}, p50`, measured: at(sealed, 50), unit: 'ms', against: against(cipher, 50) },
    {
      name: `${name}, p95`,
      measured: at(sealed, 95),
      unit: 'ms',
      against: against(file, 95),
      target: { max, of: 'measured' },
    },
  ];
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
