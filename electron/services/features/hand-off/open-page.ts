import { randomBytes } from 'node:crypto';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { StoredTarget } from '../../accounts/targets/targets.ts';
import { listenForRedirect } from '../../openid/redirect-listener.ts';
import type { HandOff, HandOffClaim } from '../../provider/account-hand-off.ts';

export interface OpenPage {
  readonly address: URL;
  readonly comesBack: boolean;
  /** What the address that came back claims; never, of a page where the browser stays. */
  readonly claim: Promise<HandOffClaim>;
  close(): void;
}

/** Errors: AppError untrusted-answer (page-elsewhere), those of the provider. */
export async function openPage({ page }: Pick<HandOff, 'page'>, target: StoredTarget): Promise<OpenPage> {
  if (!page.comesBack) {
    requireOwn(page.address, target);
    return { address: page.address, comesBack: false, claim: new Promise(() => undefined), close: () => undefined };
  }
  const state = randomBytes(32).toString('base64url');
  const listener = await listenForRedirect(state);
  try {
    const address = await page.addressFor({ redirectUri: listener.redirectUri, state });
    requireOwn(address, target);
    // Whatever else came to this port says nothing, and neither does silence.
    const claim = listener.redirect.then(page.claimOf, (): HandOffClaim => 'unknown');
    return { address, comesBack: true, claim, close: () => listener.close() };
  } catch (error) {
    listener.close();
    throw error;
  }
}

/** A service sends nobody elsewhere: only its own pages are opened in the person's browser. */
function requireOwn(address: URL, target: StoredTarget): void {
  const isOwn = target.kind === 'address' && address.origin === new URL(target.address).origin;
  if (!isOwn || address.username !== '' || address.password !== '')
    throw new AppError('untrusted-answer', { reason: 'page-elsewhere' });
}
