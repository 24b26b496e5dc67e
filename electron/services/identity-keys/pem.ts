import { DamagedKey } from './key-failure.ts';

/** RFC 7468, and RFC 1421's headers. `body` is a view of the base64. */
export interface PemBlock {
  readonly label: string;
  readonly headers: readonly string[];
  readonly body: Buffer;
}

const begin = '-----BEGIN ';
const dashes = '-----';
const labelForm = /^[!-,.-~]+(?:[- ][!-,.-~]+)*$/;

/**
 * The first private key. Where there is none, the first block that is more than parameters, which OpenSSL writes before the key itself;
 * undefined if there is neither. Errors: DamagedKey.
 */
export function findPemBlock(file: Buffer): PemBlock | undefined {
  let other: PemBlock | undefined;
  let from = 0;
  for (;;) {
    const at = findLineStart(file, from);
    if (at < 0) return other;
    const start = at + begin.length;
    const labelEnd = file.indexOf(dashes, start);
    const label = labelEnd < 0 || labelEnd - start > 64 ? '' : file.toString('latin1', start, labelEnd);
    if (!labelForm.test(label)) throw new DamagedKey('its first line makes no sense', 'the line BEGIN');
    const end = file.indexOf(`${dashes}END ${label}${dashes}`, labelEnd);
    if (end < 0) throw new DamagedKey('its last line is missing', 'the line END');
    from = end;
    if (label.endsWith(' PARAMETERS')) continue;
    const block = { label, ...splitHeaders(file.subarray(labelEnd + dashes.length, end)) };
    if (label.endsWith('PRIVATE KEY')) return block;
    other ??= block;
  }
}

function findLineStart(file: Buffer, from: number): number {
  for (let at = file.indexOf(begin, from); at >= 0; at = file.indexOf(begin, at + 1)) {
    const before = file[at - 1];
    if (before === undefined || before === 0x0a || before === 0x0d || before === 0x20 || before === 0x09) return at;
  }
  return -1;
}

/** Headers are there if a colon stands before the first empty line; the base64 has none. */
function splitHeaders(content: Buffer): Omit<PemBlock, 'label'> {
  const lastColon = content.lastIndexOf(':');
  if (lastColon < 0) return { headers: [], body: content };
  let end = lastColon;
  while (end < content.length && content[end] !== 0x0a && content[end] !== 0x0d) end += 1;
  return { headers: content.toString('latin1', 0, end).split(/[\r\n]+/), body: content.subarray(end) };
}
