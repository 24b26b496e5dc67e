import { AppError } from '../../../shared/contract/errors.ts';
import { isLoopback, isSecure } from '../../../shared/rules/loopback.ts';

const maxLength = 2_000;

/**
 * The base URL that a typed address means, without a slash at its end; parsing it again gives the same.
 * Without a scheme it means https, on this computer http. International names come out as punycode, so a look-alike
 * shows. Errors: AppError invalid-request (address-not-valid; address-not-secure for http to another computer).
 */
export function parseAddress(typed: string): string {
  const url = parse(withoutQuotes(typed.trim()));
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (!url || !isWeb || url.username || url.password || !canBeHostName(url.hostname))
    throw new AppError('invalid-request', { reason: 'address-not-valid' });
  if (!isSecure(url)) throw new AppError('invalid-request', { reason: 'address-not-secure' });
  return (url.origin + url.pathname).replace(/\/+$/, '');
}

/** RFC 1035, 2.3.4: the URL parser allows longer ones and nearly any sign ("'`{$), and no name server knows them. */
function canBeHostName(name: string): boolean {
  const isIpv6 = name.startsWith('[');
  return name.length <= 253 && (isIpv6 || name.split('.').every((label) => /^[a-z0-9_-]{0,63}$/.test(label)));
}

/** Copied out of a sentence or a file: quotes of any language, angle brackets (RFC 3986, Appendix C). */
function withoutQuotes(typed: string): string {
  return (
    /^(?:"(.*)"|'(.*)'|<(.*)>|`(.*)`|[\u201c-\u201f](.*)[\u201c-\u201f]|[\u2018-\u201b](.*)[\u2018-\u201b]|[\u00ab\u00bb](.*)[\u00ab\u00bb])$/
      .exec(typed)
      ?.slice(1)
      .find((inner) => inner !== undefined) ?? typed
  );
}

function parse(typed: string): URL | undefined {
  // The URL parser forgives these silently; a base URL never has them.
  if (typed.length > maxLength || /[\s\\?#\p{C}]/u.test(typed)) return undefined;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(typed)) return URL.parse(typed) ?? undefined;
  const url = URL.parse(`https://${typed}`) ?? undefined;
  return url && isLoopback(url.hostname) ? (URL.parse(`http://${typed}`) ?? undefined) : url;
}
