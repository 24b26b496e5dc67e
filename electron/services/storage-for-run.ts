import type * as z from 'zod';
import type { DocumentSpec, SealedDocument, SealedStorage } from './vault/sealed-storage.ts';
import { passphraseNeeded } from './core/passphrase-needed.ts';

export interface StorageForRun extends SealedStorage {
  /** Whatever begins from now on is refused; resolved once what had begun is over. The storage itself goes on. */
  end(): Promise<void>;
}

/** A storage lent to services that will be replaced by others over the same documents. */
export function createStorageForRun(storage: SealedStorage): StorageForRun {
  const running = new Set<Promise<unknown>>();
  const subscriptions: (() => void)[] = [];
  let isOver = false;

  function run<T>(act: () => Promise<T>): Promise<T> {
    if (isOver) return Promise.reject(passphraseNeeded());
    const result = act();
    const end = result.then(
      () => undefined,
      () => undefined,
    );
    running.add(end);
    void end.then(() => running.delete(end));
    return result;
  }

  return {
    ...storage,
    writeAll: (changes) => run(() => storage.writeAll(changes)),
    removeAllOf: (account) => run(() => storage.removeAllOf(account)),
    document: <S extends z.ZodType>(spec: DocumentSpec<S>): SealedDocument<z.infer<S>> => {
      const document = storage.document(spec);
      return {
        read: () => run(() => document.read()),
        write: (value) => run(() => document.write(value)),
        remove: () => run(() => document.remove()),
      };
    },
    onChange(listener) {
      const stop = storage.onChange(listener);
      subscriptions.push(stop);
      return stop;
    },
    async end() {
      isOver = true;
      for (const stop of subscriptions) stop();
      await Promise.all(running);
    },
  };
}
