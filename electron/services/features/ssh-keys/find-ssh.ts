import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Child, SshEnvironment } from '../../ports.ts';
import { findAgentPath } from '../../../../ssh-keys/index.ts';

/** What SSH has on this computer, as its own programs find it. */
export function findSsh(startKeyWorker: () => Child): SshEnvironment {
  return { folder: join(homedir(), '.ssh'), agentPath: findAgentPath(process.env, process.platform), startKeyWorker };
}
