import { toInteger } from '../encoding/integers.ts';

/** y² = x³ - 3x + b over the field of `p` (SEC 2, FIPS 186-4 appendix D.1.2). */
interface Curve {
  readonly bytes: number;
  readonly p: bigint;
  readonly b: bigint;
}

/** By the names of RFC 5656. */
const curves: Readonly<Record<string, Curve>> = {
  nistp256: {
    bytes: 32,
    p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  nistp384: {
    bytes: 48,
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  },
  nistp521: {
    bytes: 66,
    p: 2n ** 521n - 1n,
    b: 0x51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  },
};

/** Whether an uncompressed point (4, x, y) lies on the curve. The point at infinity has no such form. */
export function isPointOnCurve(curveName: string, point: Uint8Array): boolean {
  const curve = curves[curveName];
  if (!curve || point.length !== 1 + 2 * curve.bytes || point[0] !== 4) return false;
  const x = toInteger(point.subarray(1, 1 + curve.bytes));
  const y = toInteger(point.subarray(1 + curve.bytes));
  return x < curve.p && y < curve.p && (y * y - (x * x * x - 3n * x + curve.b)) % curve.p === 0n;
}

const p25519 = 2n ** 255n - 19n;
/** -121665/121666, the d of RFC 8032, section 5.1. */
const d25519 = 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n;

/**
 * y of the points whose order is 4, 1, 2 and twice 8: a signature under such a key proves nothing. As in libsodium's
 * ge25519_has_small_order; tests/keys/ed25519-points.test.ts computes them from the curve.
 */
const smallOrderY: ReadonlySet<bigint> = new Set([
  0n,
  1n,
  p25519 - 1n,
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
]);

/**
 * What an Ed25519 public key is: a point of full use, one of small order, one in a form that RFC 8032 forbids, or no
 * point at all.
 */
export function classifyEd25519(key: Uint8Array): 'good' | 'small-order' | 'not-canonical' | 'no-point' {
  if (key.length !== 32) return 'no-point';
  const encoded = toInteger(key.toReversed());
  const y = BigInt.asUintN(255, encoded);
  if (smallOrderY.has(y % p25519)) return 'small-order';
  // RFC 8032, section 5.1.3.
  if (y >= p25519) return 'not-canonical';
  const ySquared = (y * y) % p25519;
  // x² = (y² - 1) / (d y² + 1) has a root just if the product of both is a square.
  const product = ((ySquared + p25519 - 1n) * (d25519 * ySquared + 1n)) % p25519;
  return isSquare25519(product) ? 'good' : 'no-point';
}

/** Euler's criterion: to the power of (p - 1) / 2 = 2^254 - 10, as 16 · (2^250 - 1) + 6. */
function isSquare25519(value: bigint): boolean {
  const sixth = (squared(value, 1) * squared(value, 2)) % p25519;
  return (squared(toAllOnes(value, 250), 4) * sixth) % p25519 === 1n;
}

/** To the power of 2^bits - 1. */
function toAllOnes(value: bigint, bits: number): bigint {
  if (bits === 1) return value;
  const half = toAllOnes(value, bits >> 1);
  const even = (squared(half, bits >> 1) * half) % p25519;
  return bits % 2 === 0 ? even : (squared(even, 1) * value) % p25519;
}

function squared(value: bigint, times: number): bigint {
  let square = value;
  for (let time = 0; time < times; time += 1) square = (square * square) % p25519;
  return square;
}
