import type { Shell } from 'electron';
import { isSecure } from '../../../shared/rules/loopback.ts';
import type { BrowserOpener } from '../../services/ports.ts';

/**
 * The service has judged the address already; what a shell hands to the system is judged once more where it is done.
 */
export function createSystemBrowser(shell: Pick<Shell, 'openExternal'>): BrowserOpener {
  return {
    async open(address) {
      if (!isSecure(address) || address.username !== '' || address.password !== '') return false;
      return shell.openExternal(address.href).then(
        () => true,
        () => false,
      );
    },
  };
}
