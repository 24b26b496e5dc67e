/** Pseudo-random numbers that are the same for the same seed (mulberry32), so that a finding can be seen again. */
export function seededNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Pick = (below: number) => number;
type Mutation = (bytes: Buffer, pick: Pick) => Buffer;

const mutations: readonly Mutation[] = [flipBit, setByte, setLength, remove, repeat, cut, swap, insert];

/** One to three changes to bytes: bits, lengths, pieces left out, doubled, swapped, put in. */
export function mutate(bytes: Buffer, pick: Pick): Buffer {
  let changed: Buffer = Buffer.from(bytes);
  for (let count = 1 + pick(3); count > 0; count -= 1)
    changed = (mutations[pick(mutations.length)] ?? flipBit)(changed, pick);
  return changed;
}

function flipBit(bytes: Buffer, pick: Pick): Buffer {
  if (bytes.length === 0) return bytes;
  const at = pick(bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << pick(8));
  return bytes;
}

function setByte(bytes: Buffer, pick: Pick): Buffer {
  const values = [0, 1, 0x0a, 0x20, 0x30, 0x3a, 0x7f, 0x80, 0x82, 0xff];
  if (bytes.length > 0) bytes[pick(bytes.length)] = values[pick(values.length)] ?? 0;
  return bytes;
}

function setLength(bytes: Buffer, pick: Pick): Buffer {
  const values = [0, 1, 7, 0x20, 0x40, 0xff, 0x100, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];
  if (bytes.length >= 4) bytes.writeUInt32BE(values[pick(values.length)] ?? 0, pick(bytes.length - 3));
  return bytes;
}

function remove(bytes: Buffer, pick: Pick): Buffer {
  const at = pick(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + pick(40))]);
}

function repeat(bytes: Buffer, pick: Pick): Buffer {
  const at = pick(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at + pick(60)), bytes.subarray(at)]);
}

function cut(bytes: Buffer, pick: Pick): Buffer {
  return bytes.subarray(0, pick(bytes.length + 1));
}

function swap(bytes: Buffer, pick: Pick): Buffer {
  const [from, to, length] = [pick(bytes.length + 1), pick(bytes.length + 1), pick(40)];
  const piece = Buffer.from(bytes.subarray(from, from + length));
  piece.copy(bytes, to);
  return bytes;
}

function insert(bytes: Buffer, pick: Pick): Buffer {
  const pieces = [
    '\n',
    '\r\n',
    ':',
    '"',
    '\\',
    '-----',
    '-----BEGIN ',
    '-----END ',
    '\u0000',
    'AAAA',
    '=',
    'ssh-rsa ',
    '\u202e',
    '1.3',
    '\u00ff\u00fe',
  ];
  const at = pick(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(pieces[pick(pieces.length)] ?? ''), bytes.subarray(at)]);
}
