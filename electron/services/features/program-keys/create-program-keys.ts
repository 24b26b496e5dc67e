import { AppError } from '../../../../shared/contract/errors.ts';
import type { AppContract, Emit } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import { AccessKeysService } from './access-keys.service.ts';
import { ApiKeyService } from './api-key.service.ts';
import { ClipboardGuard } from './clipboard-guard.ts';
import type { AccountRegistry } from '../../accounts/account-registry.ts';
import type { ServiceEmitter } from '../../core/service-events.ts';
import type { AccountLabel } from '../../core/account-label.ts';
import { watchKeys } from './key-watch.ts';
import { AccountState, type AccountStateDeps } from '../../resources/account-state.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import { createKeysDocument } from './keys-document.ts';
import type { KeysDeps } from './keys-reader.ts';
import type { Ports } from '../../ports.ts';
import type { AccountKeys } from '../../provider/account-keys.ts';
import { RotationService } from './rotation.service.ts';

type Channel = 'apiKey.changed' | 'accessKeys.changed' | 'rotation.changed' | 'clipboard.changed';

export interface ProgramKeys {
  readonly handlers: Pick<Handlers<AppContract>, 'apiKey' | 'accessKeys' | 'rotation' | 'clipboard'>;
  /** Takes a copied secret off the clipboard now. */
  clearClipboard(): Promise<void>;
}

export interface ProgramKeysDeps extends Omit<KeysDeps<AccountKeys>, 'states'>, AccountStateDeps {
  readonly storage: SealedStorage;
  readonly registry: Pick<AccountRegistry, 'all'>;
  /** Errors: not-found. */
  readonly describe: (accountId: string) => Promise<AccountLabel>;
  readonly events: ServiceEmitter;
  readonly ports: Pick<Ports, 'clipboard' | 'notifier' | 'filePicker' | 'log'>;
  readonly emit: Emit<Channel>;
}

const afterProofMs = 5_000;

/** Wires together the keys for programs: the API key, access keys and their rotation. */
export function createProgramKeys(deps: ProgramKeysDeps): ProgramKeys {
  const { registry, ports, events, emit, clock } = deps;

  const states = new AccountState(deps, createKeysDocument(deps.storage));
  const clipboard = new ClipboardGuard({ clipboard: ports.clipboard, clock, log: ports.log, emit });
  const keyDeps = { ...deps, states, clipboard, filePicker: ports.filePicker };
  const apiKey = new ApiKeyService(keyDeps);
  const accessKeys = new AccessKeysService(keyDeps);
  const rotation = new RotationService({ ...deps, states, apiKey, accessKeys });
  // Without a fresh proof or a network it is done later.
  const deleteDue = (id: string) =>
    rotation
      .deleteDue(id)
      .catch((error: unknown) => ports.log.info('an old key is not deleted yet', { code: codeOf(error) }));
  const end = new AbortController();
  /** What the person proved for goes first: they may be about to let the old key work again. */
  const deleteAfterProof = async (id: string) => {
    await clock.sleep(afterProofMs, end.signal);
    await deleteDue(id);
  };
  // What one kind cannot tell does not hide the other.
  const read = async (accountId: string) => {
    for (const outcome of await Promise.allSettled([apiKey, accessKeys].map((service) => service.read(accountId)))) {
      if (outcome.status === 'rejected') throw outcome.reason;
    }
  };
  const watch = watchKeys({
    registry,
    states,
    notifier: ports.notifier,
    clock,
    log: ports.log,
    read,
    onRound: deleteDue,
  });
  events.on('session-ended', ({ accountId }) => {
    for (const service of [apiKey, accessKeys]) service.clear(accountId);
    void clipboard.clear();
  });
  events.on('profile-read', ({ accountId }) => watch.markUsed(accountId));
  // Ends by the signal alone.
  events.on('proof-given', ({ accountId }) => void deleteAfterProof(accountId).catch(() => undefined));
  events.on('forgotten', ({ accountId }) => states.erase(accountId));
  // No secret stays behind, not on the clipboard either.
  events.on('closing', async () => {
    watch.stop();
    end.abort();
    for (const service of [apiKey, accessKeys]) service.clear();
    await clipboard.clear();
  });

  return {
    handlers: {
      apiKey: apiKey.handlers,
      accessKeys: accessKeys.handlers,
      rotation: rotation.handlers,
      clipboard: clipboard.handlers,
    },
    clearClipboard: () => clipboard.clear(),
  };
}

function codeOf(error: unknown): string {
  return error instanceof AppError ? error.code : 'unexpected';
}
