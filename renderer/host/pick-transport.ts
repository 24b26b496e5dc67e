import type { Transport } from '../../shared/rpc/transport.ts';
import { createBrowserTransport } from './browser-transport.ts';
import type { ShellLink } from './host.ts';
import { takePass } from './take-pass.ts';

/** Electron's bridge where there is one, else HTTP to the browser shell that served this page. */
export function pickTransport(page: Window): Transport & Partial<ShellLink> {
  if (page.profileDesk) return page.profileDesk;
  return createBrowserTransport({
    pass: takePass(page),
    fetch: (path, init) => page.fetch(path, init),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });
}
