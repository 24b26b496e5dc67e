import type { AppContract, Emit } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { AccountRegistry } from '../../accounts/account-registry.ts';
import type { Requests } from '../../accounts/requests.ts';
import type { ServiceEmitter } from '../../core/service-events.ts';
import { AgentEnds } from './private-keys/agent-ends.ts';
import { LentKeys } from './private-keys/lent-keys.ts';
import { createAppAgent } from './private-keys/app-agent.ts';
import { createFindOwners } from './import/find-owners.ts';
import { SshKeysReader } from './list/ssh-keys-reader.ts';
import { createSshKeysService } from './ssh-keys.service.ts';
import { Imports } from './import/imports.ts';
import { AccountState, type AccountStateDeps } from '../../resources/account-state.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import { KeyChanges } from './list/key-changes.ts';
import { createMadeKeysService } from './make/made-keys.service.ts';
import { MadeKeys } from './make/made-keys.ts';
import { createSshKeysDocument } from './list/ssh-keys-document.ts';
import { createReadLocalHalves } from './import/local-halves.ts';
import { PrivateHalves } from './private-keys/private-halves.ts';
import { KeyWorker } from './worker/key-worker.ts';
import type { Clock, Ports } from '../../ports.ts';
import type { AccountSshKeys } from '../../provider/account-ssh-keys.ts';
import type { ReauthService } from '../../accounts/reauth/reauth.service.ts';
import type { Sequence } from '../../core/sequence.ts';

export interface SshKeys {
  readonly handlers: Pick<Handlers<AppContract>, 'sshKeys' | 'madeKeys'>;
  /** How many private halves are kept for an account. Errors: storage-fault, key-store-unavailable. */
  countPrivate(accountId: string): Promise<number>;
}

export interface CreateSshKeysDeps extends AccountStateDeps {
  readonly storage: SealedStorage;
  readonly signedIn: Requests<AccountSshKeys>;
  readonly registry: AccountRegistry;
  readonly reauth: Pick<ReauthService, 'require'>;
  readonly events: ServiceEmitter;
  readonly ports: Pick<Ports, 'ssh' | 'filePicker' | 'log'>;
  readonly clock: Clock;
  readonly sequence: Sequence;
  /** Whether a lock takes every key back that was given to the SSH agent here. */
  readonly takesBackOnLock: () => boolean;
  readonly mustShow: (accountId: string) => Promise<void>;
  readonly emit: Emit<'sshKeys.changed' | 'sshKeys.importProgressed'>;
}

/** A list must not wait for an agent that hangs. */
const agentDeadlineMs = 1_000;

/** Wires together SSH keys: the list, imports, the vault and the SSH agent. */
export function createSshKeys(deps: CreateSshKeysDeps): SshKeys {
  const { storage, registry, ports, events, clock } = deps;
  const { ssh, filePicker, log } = ports;
  const states = new AccountState(deps, createSshKeysDocument(storage));
  const halves = new PrivateHalves(storage);
  const agent = createAppAgent({ path: ssh.agentPath, deadline: agentDeadlineMs });
  const lent = new LentKeys({ agent, clock, log });
  const ends = new AgentEnds(clock);
  const worker = new KeyWorker({ start: () => ssh.startKeyWorker(), clock, log });
  const reader = new SshKeysReader({ ...deps, states, halves, agent, ends });
  const changes = new KeyChanges({ ...deps, reader });
  const made = new MadeKeys({ clock, worker, folder: ssh.folder });
  const imports = new Imports({
    ...deps,
    worker,
    log,
    filePicker,
    readOwners: createFindOwners(registry, states),
    readLocalHalves: createReadLocalHalves({ registry, halves, agent, worker, sshFolder: ssh.folder }),
  });
  const canChoose = filePicker.choose !== undefined;
  const sshKeys = createSshKeysService({
    ...deps,
    reader,
    changes,
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
  // What an import holds goes with the session; private halves with the account.
  events.on('session-ended', ({ accountId }) => imports.clear(accountId));
  events.on('forgotten', ({ accountId }) => Promise.all([states.erase(accountId), halves.erase(accountId)]));
  events.on('closing', async ({ isLock }) => {
    imports.clear();
    made.clear();
    worker.stop();
    ends.close();
    await lent.close({ all: isLock && deps.takesBackOnLock() });
  });
  const madeKeys = createMadeKeysService({
    ...{ ...deps, made, changes, reader, halves, lent, ends },
    sshFolder: ssh.folder,
  });
  return {
    handlers: { sshKeys, madeKeys },
    countPrivate: async (accountId) => (await halves.list(accountId)).size,
  };
}
