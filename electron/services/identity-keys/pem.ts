import { DamagedKey } from './key-failure.ts';

/** RFC 7468, and RFC 1421's headers. */
export interface PemBlock {
  readonly label: string;
  readonly headers: readonly string[];
  /** Base64. */
  readonly body: string;
  /** Where its first line begins, and where its last one is over. */
  readonly begin: number;
  readonly end: number;
}

export const pemBeginning = '-----BEGIN ';
const dashes = '-----';
const labelForm = /^[!-,.-~]+(?:[- ][!-,.-~]+)*$/;

/**
 * The first private key. Where there is none, the first block that is more than parameters, which OpenSSL writes before the key itself;
 * undefined if there is neither. Errors: DamagedKey.
 */
export function findPemBlock(text: string): PemBlock | undefined {
  let other: PemBlock | undefined;
  let from = 0;
  for (;;) {
    const begin = findLineStart(text, from);
    if (begin < 0) return other;
    const start = begin + pemBeginning.length;
    const labelEnd = text.indexOf(dashes, start);
    const label = labelEnd < 0 || labelEnd - start > 64 ? '' : text.slice(start, labelEnd);
    if (!labelForm.test(label)) throw new DamagedKey('its first line makes no sense', 'the line BEGIN');
    const lastLine = `${dashes}END ${label}${dashes}`;
    const bodyEnd = text.indexOf(lastLine, labelEnd);
    if (bodyEnd < 0) throw new DamagedKey('its last line is missing', 'the line END');
    from = bodyEnd + lastLine.length;
    if (label.endsWith(' PARAMETERS')) continue;
    const block = { label, ...splitHeaders(text.slice(labelEnd + dashes.length, bodyEnd)), begin, end: from };
    if (label.endsWith('PRIVATE KEY')) return block;
    other ??= block;
  }
}

function findLineStart(text: string, from: number): number {
  for (let at = text.indexOf(pemBeginning, from); at >= 0; at = text.indexOf(pemBeginning, at + 1)) {
    if (at === 0 || /[\n\r \t]/.test(text[at - 1] ?? '')) return at;
  }
  return -1;
}

/** Headers are there if a colon stands before the first empty line; the base64 has none. */
function splitHeaders(content: string): Pick<PemBlock, 'headers' | 'body'> {
  if (!content.includes(':')) return { headers: [], body: content };
  const afterColon = content.lastIndexOf(':') + 1;
  const end = afterColon + content.slice(afterColon).search(/[\r\n]|$/);
  return { headers: content.slice(0, end).split(/[\r\n]+/), body: content.slice(end) };
}
