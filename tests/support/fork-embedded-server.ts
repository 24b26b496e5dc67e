import { bareEnvironment, embeddedKeeps } from '../../electron/services/core/children/bare-environment.ts';
import { forkNode } from '../../electron/services/core/children/node-children.ts';
import type { Child } from '../../electron/services/ports.ts';
import { bundleOf } from './bundles.ts';

const embedded = await bundleOf('embedded');

/** As the browser shell does, from its bundle: preview/main.test.ts starts it from its sources. */
export function forkEmbeddedServer(onErrorOutput: (text: string) => void): Child {
  return forkNode(embedded, { env: bareEnvironment(embeddedKeeps), onErrorOutput });
}
