import { cleanText } from '../../../core/clean-text.ts';
import type { Agent } from '../../../provider/account-sessions.ts';

/** Longest value given; the contract allows 300. */
const maxValueLength = 200;

export function tidyBrowser({ name, version }: Agent['browser']): Agent['browser'] {
  return { name: tidyValue(decode(name)), version: tidyValue(version) };
}

export function tidySystem({ name, version }: Agent['os']): Agent['os'] {
  const value = tidyValue(version?.replace(/_/g, '.').replace(/^\.+/, ''));
  return { name: tidyName(tidyValue(name)), version: value && noVersion.test(value) ? null : value };
}

export function tidyDevice({ vendor, model, type }: Agent['device']): Agent['device'] {
  return {
    vendor: vendor === 'Generic' ? null : tidyValue(vendor),
    model:
      model && noModel.test(model)
        ? null
        : (tidyValue(decode(model))?.replace(/^playstation\b/i, 'PlayStation') ?? null),
    type: tidyValue(type),
  };
}

/**
 * Chrome says "K" for every model (Chromium, "User-Agent reduction"); a language, "wv" or a library is no model either.
 */
const noModel = /^(?:k|wv|u|[a-z]{2}[-_][a-z]{2}|(?:\w+)?sdk\d? [\d.]+|flavour \w+)$/i;

/** "Linux aarch64" names the processor where others name the version. */
const noVersion = /^(?:arch$|x86|i\d86|i86pc|amd64|aarch64|arm|riscv|ppc|mips|s390|sun4|alpha|loongarch)/i;

/** One spelling a system, whatever case it was sent in. */
const systems = [
  'Linux',
  'KaiOS',
  'PlayStation',
  'Android',
  'Debian',
  'Ubuntu',
  'Fedora',
  'Tizen',
  'RedHat',
  'CentOS',
  'SUSE',
  'FreeBSD',
];
const spellings = new Map([
  ...systems.map((name): [string, string] => [name.toLowerCase(), name]),
  ['windows phone os', 'Windows Phone'],
]);

function tidyName(name: string | null): string | null {
  return name && (spellings.get(name.toLowerCase()) ?? name);
}

/** Apple's network library sends names percent-encoded (RFC 3986, section 2.1). */
function decode(value: string | null): string | null {
  if (!value?.includes('%')) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function tidyValue(value: string | null | undefined): string | null {
  return (
    cleanText(value ?? '')
      .slice(0, maxValueLength)
      .trim() || null
  );
}
