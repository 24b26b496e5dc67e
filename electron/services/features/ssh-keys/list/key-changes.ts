import type { Emit } from '../../../../../shared/contract/index.ts';
import type { SshKeysSnapshot } from '../../../../../shared/contract/keys/ssh-keys.ts';
import type { Requests } from '../../../accounts/requests.ts';
import { SerialQueue } from '../../../core/serial-queue.ts';
import type { AccountSshKeys, SshKeyFacts, SshKeysState } from '../../../provider/account-ssh-keys.ts';
import type { SshKeysReader } from './ssh-keys-reader.ts';

export interface KeyChangesDeps {
  readonly signedIn: Requests<AccountSshKeys>;
  readonly reader: SshKeysReader;
  readonly emit: Emit<'sshKeys.changed'>;
}

/** One act of an account after another, so that no answer is overtaken; what it changes is told to the screens. */
export class KeyChanges {
  readonly #deps: KeyChangesDeps;
  readonly #queue = new SerialQueue();

  constructor(deps: KeyChangesDeps) {
    this.#deps = deps;
  }

  run<T>(accountId: string, act: () => Promise<T>): Promise<T> {
    return this.#queue.run(accountId, act);
  }

  /** Changes the account's keys, from what the provider says now: a revision that is known may be an old one. */
  change(accountId: string, next: (before: SshKeysState) => Promise<SshKeysState>): Promise<SshKeysSnapshot> {
    return this.run(accountId, async () => {
      const { reader } = this.#deps;
      return this.emitSnapshot(await reader.take(accountId, await next(await reader.ask(accountId))));
    });
  }

  /** Changes what is on this computer, of a key that the account has. */
  changeLocal(accountId: string, keyId: string, act: (key: SshKeyFacts) => Promise<void>): Promise<SshKeysSnapshot> {
    return this.run(accountId, async () => {
      const { reader } = this.#deps;
      await act(await reader.find(accountId, keyId));
      return this.emitSnapshot(await reader.again(accountId));
    });
  }

  request<T>(accountId: string, act: (account: AccountSshKeys) => Promise<T>): Promise<T> {
    return this.#deps.signedIn.request(accountId, act);
  }

  /** What is shown follows by itself, as long as there is something to show. */
  async emitAgain(accountId: string): Promise<void> {
    const snapshot = await this.#deps.reader.again(accountId).catch(() => undefined);
    if (snapshot) this.emitSnapshot(snapshot);
  }

  emitSnapshot(snapshot: SshKeysSnapshot): SshKeysSnapshot {
    this.#deps.emit('sshKeys.changed', snapshot);
    return snapshot;
  }
}
