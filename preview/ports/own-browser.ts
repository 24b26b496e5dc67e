import { spawn } from 'node:child_process';
import { isSecure } from '../../shared/rules/loopback.ts';
import type { BrowserOpener } from '../../electron/services/ports.ts';
import { hasDisplay } from '../open-window.ts';

/** Milliseconds in which an opener that can not do it says so; one that can may stay as long as its browser. */
const patience = 2_000;

/** The person's own browser, by the system's opener. Without a screen or an opener the page offers the address as a link instead. */
export function createOwnBrowser(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): BrowserOpener {
  return {
    async open(address) {
      if (
        !hasDisplay(environment, platform) ||
        !isSecure(address) ||
        address.username !== '' ||
        address.password !== ''
      )
        return false;
      const [program, ...start] = openerOf(platform);
      // The address is one argument, of no shell.
      const child = spawn(program, [...start, address.href], { env: environment, stdio: 'ignore', detached: true });
      child.unref();
      return new Promise((resolve) => {
        const timer = setTimeout(() => resolve(true), patience);
        child
          .once('error', () => resolve(false))
          .once('exit', (code) => {
            clearTimeout(timer);
            resolve(code === 0);
          });
      });
    },
  };
}

function openerOf(platform: NodeJS.Platform): [program: string, ...start: string[]] {
  if (platform === 'darwin') return ['open'];
  return platform === 'win32' ? ['rundll32.exe', 'url.dll,FileProtocolHandler'] : ['xdg-open'];
}
