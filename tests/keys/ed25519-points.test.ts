import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { judgeKey, toPublicLine } from '../../ssh-keys/index.ts';
import { makeEd25519Key } from '../../ssh-keys/testing/make-public-key.ts';
import { readPublicKey } from '../../server/features/identity-keys/public-key.ts';

// Which Ed25519 public keys are worth nothing, computed from the curve (RFC 8032, section 5.1); app and reference
// server have a list each.

const p = 2n ** 255n - 19n;
const order = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n;
const mod = (value: bigint) => ((value % p) + p) % p;
const invert = (value: bigint) => power(value, p - 2n);
const d = mod(-121_665n * invert(121_666n));

interface Point {
  readonly x: bigint;
  readonly y: bigint;
}
const neutral: Point = { x: 0n, y: 1n };

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) result = mod(result * result * (bit === '1' ? base : 1n));
  return result;
}

function add(a: Point, b: Point): Point {
  const product = d * a.x * b.x * a.y * b.y;
  return {
    x: mod((a.x * b.y + b.x * a.y) * invert(mod(1n + product))),
    y: mod((a.y * b.y + a.x * b.x) * invert(mod(1n - product))),
  };
}

function times(count: bigint, point: Point): Point {
  let result = neutral;
  for (const bit of count.toString(2)) result = add(result, bit === '1' ? add(result, point) : result);
  return result;
}

/** The point with this y whose x is even; undefined if there is none. */
function pointAt(y: bigint): Point | undefined {
  const squared = mod((y * y - 1n) * invert(mod(d * y * y + 1n)));
  const root = power(squared, (p + 3n) / 8n);
  const x = [root, mod(root * power(2n, (p - 1n) / 4n))].find((each) => mod(each * each - squared) === 0n);
  return x === undefined ? undefined : { x: x % 2n === 0n ? x : p - x, y };
}

function encode(y: bigint, sign: bigint): Buffer {
  return Buffer.from((y | (sign << 255n)).toString(16).padStart(64, '0'), 'hex').reverse();
}

/** All of which a multiple of 8 is neutral: [L]P for some P, and what it generates. */
function smallPoints(): Point[] {
  for (let y = 2n; ; y += 1n) {
    const point = pointAt(y);
    const generator = point && times(order, point);
    if (generator && times(4n, generator).y !== 1n)
      return Array.from({ length: 8 }, (_, count) => times(BigInt(count), generator));
  }
}

const points = smallPoints();
const encodings = new Map<string, { readonly key: Buffer; readonly point: Point }>();
for (const point of points) {
  const { x, y } = point;
  // Both signs where x is 0, and y with p added where there is room.
  for (const sign of x === 0n ? [0n, 1n] : [x % 2n])
    for (const form of [y, y + p])
      if (form < 2n ** 255n) encodings.set(encode(form, sign).toString('hex'), { key: encode(form, sign), point });
}
const serverSays = (key: Buffer) => readPublicKey(toPublicLine(makeEd25519Key(key), ''));

describe('K4 E11: Ed25519 keys that are worth nothing', () => {
  it('K4: there are 8 points of small order, in 14 forms', () => {
    expect([new Set(points.map(({ x, y }) => `${x} ${y}`)).size, encodings.size]).toEqual([8, 14]);
  });

  it.each([...encodings])('K4 E11: %s is refused by the app and by the server', (_, { key }) => {
    expect(judgeKey(makeEd25519Key(key))).toMatchObject({
      verdict: 'refused',
      reasons: [{ problem: { code: 'point-small-order' } }],
    });
    expect(serverSays(key)).toBe('small-order');
  });

  it.each([...encodings])('K4: for %s a signature is forged without any private key', (_, { key, point }) => {
    // RFC 8032, section 5.1.7, with neutral R and S = 0: what is left is that k times the key is neutral. Some programs
    // ask no more.
    const isForged = (message: string) => {
      const digest = createHash('sha512').update(encode(1n, 0n)).update(key).update(message).digest();
      return times((BigInt(`0x${digest.reverse().toString('hex')}`) % order) % 8n, point).y === 1n;
    };
    expect(Array.from({ length: 64 }, (_each, number) => `message ${number}`).some(isForged)).toBe(true);
  });

  it('K4 E11: forms that RFC 8032 forbids, and what is no point, are refused', () => {
    for (let extra = 2n; extra < 19n; extra += 1n) {
      for (const sign of [0n, 1n]) {
        const key = encode(p + extra, sign);
        expect(judgeKey(makeEd25519Key(key)).reasons, `p + ${extra}`).toMatchObject([
          { problem: { code: 'point-not-canonical' } },
        ]);
        expect(serverSays(key), `p + ${extra}`).toBe('no-point');
      }
    }
    expect(serverSays(encode(2n, 0n))).toBe('no-point');
  });

  it('K4 E11: app and server agree on every other', () => {
    for (let y = 2n; y < 200n; y += 1n) {
      const isPoint = pointAt(y) !== undefined;
      expect([judgeKey(makeEd25519Key(encode(y, 1n))).verdict, typeof serverSays(encode(y, 1n))], String(y)).toEqual(
        isPoint ? ['accepted', 'object'] : ['refused', 'string'],
      );
    }
  });
});
