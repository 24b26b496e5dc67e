import { hash } from 'node:crypto';
import type { PublicKey } from './key.ts';

/** As `ssh-keygen -l` prints it: "SHA256:" and base64 without padding. */
export function sha256Fingerprint({ blob }: PublicKey): string {
  // 32 bytes end with one "=", always.
  return `SHA256:${hash('sha256', blob, 'base64').slice(0, -1)}`;
}

/** As `ssh-keygen -l -E md5` prints it: "MD5:" and sixteen bytes in hex with colons. */
export function md5Fingerprint({ blob }: PublicKey): string {
  return `MD5:${hash('md5', blob, 'hex').replace(/..(?=.)/g, '$&:')}`;
}

const columns = 17;
const rows = 9;
/** How often the bishop was there; the last two mark where it set out and where it stopped. */
const marks = ' .o+=*BOX@%&#/^SE';
const start = marks.length - 2;
const end = marks.length - 1;

/**
 * The picture that `ssh-keygen -lv` prints: a walk over a board, led by the SHA-256 of the key ("the drunken bishop").
 * Eleven lines. `isCertificate` changes the name in the frame alone.
 */
export function drawRandomart(key: PublicKey, isCertificate = false): string {
  const board = walk(hash('sha256', key.blob, 'buffer'));
  const lines = Array.from({ length: rows }, (_, row) => {
    const visits = board.subarray(row * columns, (row + 1) * columns);
    return `|${Array.from(visits, (count) => marks[count]).join('')}|`;
  });
  return [frame(titleOf(key, isCertificate)), ...lines, frame('[SHA256]')].join('\n');
}

function walk(digest: Uint8Array): Uint8Array {
  const board = new Uint8Array(columns * rows);
  let [x, y] = [columns >> 1, rows >> 1];
  for (const byte of digest) {
    for (let pair = 0; pair < 8; pair += 2) {
      x = clamp(x + (byte & (1 << pair) ? 1 : -1), columns);
      y = clamp(y + (byte & (2 << pair) ? 1 : -1), rows);
      const at = y * columns + x;
      board[at] = Math.min((board[at] ?? 0) + 1, start - 1);
    }
  }
  board[(rows >> 1) * columns + (columns >> 1)] = start;
  board[y * columns + x] = end;
  return board;
}

function clamp(value: number, size: number): number {
  return Math.min(Math.max(value, 0), size - 1);
}

const shortNames: Record<string, string> = {
  'ssh-rsa': 'RSA',
  'ssh-dss': 'DSA',
  'ssh-ed25519': 'ED25519',
  'sk-ssh-ed25519@openssh.com': 'ED25519-SK',
  'sk-ecdsa-sha2-nistp256@openssh.com': 'ECDSA-SK',
};

/** "ED25519", "ECDSA-SK-CERT": the name that `ssh-keygen -l` prints in brackets. */
function shortTypeName({ type }: PublicKey, isCertificate = false): string {
  return `${shortNames[type] ?? 'ECDSA'}${isCertificate ? '-CERT' : ''}`;
}

function titleOf(key: PublicKey, isCertificate: boolean): string {
  const name = shortTypeName(key, isCertificate);
  const title = `[${name} ${key.bits}]`;
  // ssh-keygen's buffer cuts "[ED25519-SK-CERT]" short.
  return title.length < columns ? title : `[${name}]`.slice(0, columns - 1);
}

function frame(title: string): string {
  const left = (columns - title.length) >> 1;
  return `+${'-'.repeat(left)}${title}${'-'.repeat(columns - title.length - left)}+`;
}
