import { isSecure } from '../../../shared/rules/loopback.ts';
import type { IdentityProvider } from './identities.schemas.ts';

/**
 * Reads `ISSUER,CLIENT_ID` or `ISSUER,CLIENT_ID,NAME`; without a name it goes by the issuer's host.
 * The issuer is https, or on this computer. Undefined if it is not like that.
 */
export function parseIdentityProvider(text: string): IdentityProvider | undefined {
  const [issuer = '', clientId = '', ...name] = text.split(',').map((part) => part.trim());
  const url = URL.parse(issuer);
  // OpenID Connect Discovery 1.0, section 3: no query and no fragment.
  if (!url || !isSecure(url) || url.username || url.password || /[?#]/.test(issuer) || clientId === '')
    return undefined;
  return { issuer, clientId, name: name.join(',') || url.host };
}
