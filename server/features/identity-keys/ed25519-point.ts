/** RFC 8032, section 5.1. */
const p = 2n ** 255n - 19n;
const d = 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n;

/**
 * The public keys whose point has order 1, 2, 4 or 8, without the sign: the list of libsodium's
 * ge25519_has_small_order.
 */
const smallOrder = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  // 0 and 1 once more, with p added.
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);

/**
 * Whether a signature under a public key of 32 bytes proves anything; OpenSSL before 3.5 and BoringSSL do not ask.
 * `no-point`: in no form that RFC 8032 allows.
 */
export function checkEd25519Point(key: Buffer): 'good' | 'small-order' | 'no-point' {
  const bytes = Buffer.from(key);
  bytes.writeUInt8(bytes.readUInt8(31) & 0x7f, 31);
  if (smallOrder.has(bytes.toString('hex'))) return 'small-order';
  const y = BigInt(`0x${bytes.reverse().toString('hex')}`);
  const ySquared = (y * y) % p;
  // x squared is the quotient of the two, which has a root if their product has one (Euler's criterion).
  const product = ((ySquared + p - 1n) * (d * ySquared + 1n)) % p;
  return y < p && power(product, (p - 1n) / 2n) === 1n ? 'good' : 'no-point';
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) result = (result * result * (bit === '1' ? base : 1n)) % p;
  return result;
}
