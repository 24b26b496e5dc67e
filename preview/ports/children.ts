import { fileURLToPath } from 'node:url';
import { bareEnvironment, embeddedKeeps } from '../../electron/services/core/children/bare-environment.ts';
import type { Child } from '../../electron/services/ports.ts';
import { forkNode } from '../../electron/services/core/children/node-children.ts';

const embedded = new URL('../../server/embedded.ts', import.meta.url);
const keyring = new URL('./keyring-helper.ts', import.meta.url);

/** The reference API in a Node process of its own; it ends by itself once our side of the channel is gone. */
export function forkEmbeddedServer(onErrorOutput: (text: string) => void): Child {
  return forkNode(fileURLToPath(embedded), { env: bareEnvironment(embeddedKeeps), onErrorOutput });
}

/** Only a kill ends it in the middle of a silent key store. The environment says where that is. */
export function forkKeyringHelper(): Child {
  return forkNode(fileURLToPath(keyring), { killSignal: 'SIGKILL' });
}
