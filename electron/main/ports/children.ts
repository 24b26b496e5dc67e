import { embeddedKeeps } from '../../services/core/children/bare-environment.ts';
import type { Child } from '../../services/ports.ts';
import { forkUtility, serviceNames } from './utility-child.ts';

/** What reads foreign key files. */
export function forkKeyWorker(): Child {
  // Without SystemRoot Windows gives no random numbers.
  return forkUtility('key-worker.js', { serviceName: serviceNames.keyWorker, keeps: ['SystemRoot'] });
}

/** The bundled reference API. */
export function forkEmbeddedServer(onErrorOutput: (text: string) => void): Child {
  return forkUtility('embedded-server.js', { serviceName: serviceNames.embedded, keeps: embeddedKeeps, onErrorOutput });
}
