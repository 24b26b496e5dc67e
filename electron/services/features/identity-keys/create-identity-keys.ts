import type { AppContract } from '../../../../shared/contract/index.ts';
import type { EventMap, Handlers } from '../../../../shared/rpc/define.ts';
import type { ConnectionRegistry } from '../../accounts/connection-registry.ts';
import type { Requests } from '../../accounts/requests.ts';
import type { ServiceEmitter } from '../../core/service-events.ts';
import { AgentEnds } from './private-keys/agent-ends.ts';
import { LentKeys } from './private-keys/lent-keys.ts';
import { createAppAgent } from './private-keys/app-agent.ts';
import { createFindOwners } from './import/find-owners.ts';
import { IdentityKeysReader } from './list/identity-keys-reader.ts';
import { IdentityKeysService } from './identity-keys.service.ts';
import { Imports } from './import/imports.ts';
import { AccountState, type AccountStateParts } from '../../resources/account-state.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import { createIdentityKeysDocument } from './list/identity-keys-document.ts';
import { createReadHeld } from './import/held-halves.ts';
import { PrivateHalves } from './private-keys/private-halves.ts';
import { KeyWorker } from './worker/key-worker.ts';
import type { Clock, Ports } from '../../ports.ts';
import type { AccountIdentityKeys } from '../../provider/account-identity-keys.ts';
import type { ReauthService } from '../../accounts/reauth/reauth.service.ts';
import type { Sequence } from '../../core/sequence.ts';

export interface IdentityKeys {
  readonly handlers: Pick<Handlers<AppContract>, 'identityKeys'>;
  /** How many private halves are kept for a connection. Errors: storage-fault, key-store-unavailable. */
  countPrivate(connectionId: string): Promise<number>;
}

export interface IdentityKeysParts extends AccountStateParts {
  readonly storage: SealedStorage;
  readonly signedIn: Requests<AccountIdentityKeys>;
  readonly registry: ConnectionRegistry;
  readonly reauth: Pick<ReauthService, 'require'>;
  readonly events: ServiceEmitter;
  readonly ports: Pick<Ports, 'ssh' | 'filePicker' | 'log'>;
  readonly clock: Clock;
  readonly sequence: Sequence;
  readonly mayShow: (connectionId: string) => Promise<boolean>;
  readonly emit: <K extends 'identityKeys.changed' | 'identityKeys.importProgressed'>(
    channel: K,
    payload: EventMap<AppContract>[K],
  ) => void;
}

/** Milliseconds: a list must not wait for an agent that hangs. */
const agentDeadline = 1_000;

/** Wires together SSH identity keys: the list, imports, the vault and the SSH agent. */
export function createIdentityKeys(parts: IdentityKeysParts): IdentityKeys {
  const { storage, registry, ports, events, clock } = parts;
  const { ssh, filePicker, log } = ports;
  const kept = new AccountState(parts, createIdentityKeysDocument(storage));
  const halves = new PrivateHalves(storage);
  const agent = createAppAgent({ path: ssh.agentPath, deadline: agentDeadline });
  const lent = new LentKeys({ agent, clock, log });
  const ends = new AgentEnds(clock);
  const worker = new KeyWorker({ start: () => ssh.startKeyWorker(), clock, log });
  const reader = new IdentityKeysReader({ ...parts, kept, halves, agent, ends });
  const imports = new Imports({
    ...parts,
    worker,
    log,
    filePicker,
    readOwners: createFindOwners(registry, kept),
    readHeld: createReadHeld({ registry, halves, agent, worker, sshFolder: ssh.folder }),
  });
  const canChoose = filePicker.choose !== undefined;
  const service = new IdentityKeysService({
    ...parts,
    reader,
    imports,
    lent,
    ends,
    halves,
    agent,
    worker,
    filePicker,
    sshFolder: ssh.folder,
    canChoose,
  });
  // What an import holds goes with the session; private halves with the connection.
  events.on('session-ended', ({ connectionId }) => imports.drop(connectionId));
  events.on('forgotten', ({ connectionId }) => Promise.all([kept.forget(connectionId), halves.forget(connectionId)]));
  events.on('closing', async () => {
    imports.drop();
    worker.stop();
    ends.close();
    // Takes back from the agent what was lent to it without a limit of its own.
    await lent.close();
  });
  return {
    handlers: { identityKeys: service.handlers },
    countPrivate: async (connectionId) => (await halves.list(connectionId)).size,
  };
}
