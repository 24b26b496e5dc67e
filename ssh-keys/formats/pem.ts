import { DamagedKey } from '../problem.ts';

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
const pemEnding = '-----END ';
const dashes = '-----';
const labelForm = /^[!-,.-~]+(?:[- ][!-,.-~]+)*$/;

/**
 * The first private key, also one inside of a line, as in the quotes of JSON or of an environment file. Where there is
 * none, the first block that is more than parameters, which OpenSSL writes before the key itself; undefined if there is
 * neither. Errors: DamagedKey.
 */
export function findPemBlock(text: string): PemBlock | undefined {
  let other: PemBlock | undefined;
  let [from, bodyEnd] = [0, 0];
  // An archive holds files, and is none of them.
  const isBinary = text.includes('\0');
  for (;;) {
    const begin = text.indexOf(pemBeginning, from);
    if (begin < 0) return other;
    const start = begin + pemBeginning.length;
    const labelEnd = text.indexOf(dashes, start);
    const label = labelEnd < 0 || labelEnd - start > 64 ? '' : text.slice(start, labelEnd);
    const hasLabel = labelForm.test(label);
    const lastLine = `${dashes}END ${label}${dashes}`;
    // Each place is looked for once, however many blocks begin before it.
    if (hasLabel && bodyEnd < labelEnd) bodyEnd = indexOrEnd(text, pemEnding, labelEnd);
    const isWhole = hasLabel && text.startsWith(lastLine, bodyEnd);
    if (isInLine(text, begin)) {
      if (!isWhole || isBinary) {
        from = start;
        continue;
      }
    } else if (!isWhole)
      throw hasLabel
        ? new DamagedKey('last-line-missing', 'end-line')
        : new DamagedKey('first-line-unclear', 'begin-line');
    from = bodyEnd + lastLine.length;
    if (label.endsWith(' PARAMETERS')) continue;
    const block = {
      label,
      ...splitHeaders(withLineEnds(text.slice(labelEnd + dashes.length, bodyEnd))),
      begin,
      end: from,
    };
    if (label.endsWith('PRIVATE KEY')) return block;
    other ??= block;
  }
}

function indexOrEnd(text: string, searched: string, from: number): number {
  const at = text.indexOf(searched, from);
  return at < 0 ? text.length : at;
}

/** Whoever only speaks of keys writes so: what begins there and is not whole is none. */
function isInLine(text: string, at: number): boolean {
  return at > 0 && !/\s/.test(text[at - 1] ?? '');
}

/** Where a key stands in quotes, its line ends are mostly written out, and by some its slashes are too. */
function withLineEnds(content: string): string {
  return content.includes('\\')
    ? content.replace(/\\([nr/])/g, (_, escaped) => (escaped === '/' ? '/' : '\n'))
    : content;
}

/** Headers are there if a colon stands before the first empty line; the base64 has none. */
function splitHeaders(content: string): Pick<PemBlock, 'headers' | 'body'> {
  if (!content.includes(':')) return { headers: [], body: content };
  const afterColon = content.lastIndexOf(':') + 1;
  const end = afterColon + content.slice(afterColon).search(/[\r\n]|$/);
  return { headers: content.slice(0, end).split(/[\r\n]+/), body: content.slice(end) };
}
