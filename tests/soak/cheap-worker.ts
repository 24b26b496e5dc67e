import { createHash } from 'node:crypto';
import type { Child } from '../../electron/services/ports.ts';
import type { KeyDerivationContract } from '../../electron/services/vault/passphrase/key-derivation.contract.ts';
import type { CallMessage, MessageLink } from '../../shared/rpc/message-link.ts';
import { serveCalls } from '../../shared/rpc/serve-calls.ts';

/**
 * A key worker that makes keys of passphrases for next to nothing: a thousand times Argon2id would take a quarter of an
 * hour, and proves nothing of what stays behind. All else is done by a real worker.
 */
export function startCheapWorker(startReal: () => Child): Child {
  const started: { child?: Child } = {};
  const listeners: ((message: unknown) => void)[] = [];
  const onExits: ((code: number | null) => void)[] = [];

  function start(first: CallMessage): Child {
    const child = first.channel.startsWith('derivation.') ? startDerivation() : startReal();
    for (const listener of listeners) child.onMessage(listener);
    for (const listener of onExits) child.onExit(listener);
    return child;
  }

  return {
    post: (message) => (started.child ??= start(message as CallMessage)).post(message),
    onMessage: (listener) => void listeners.push(listener),
    onExit: (listener) => void onExits.push(listener),
    kill: () => started.child?.kill(),
  };
}

/** In this process, by one round of SHA-256. */
function startDerivation(): Child {
  let toService: (message: unknown) => void = () => undefined;
  let toCaller: (message: unknown) => void = () => undefined;
  let tellExit: (code: number | null) => void = () => undefined;
  const link: MessageLink = {
    post: (message) => toCaller(structuredClone(message)),
    onMessage: (listener) => void (toService = listener),
  };
  serveCalls<KeyDerivationContract>(link, {
    derivation: {
      argon2id: ({ passphrase, salt }) => new Uint8Array(createHash('sha256').update(salt).update(passphrase).digest()),
    },
  });
  return {
    post: (message) => toService(structuredClone(message)),
    onMessage: (listener) => void (toCaller = listener),
    onExit: (listener) => void (tellExit = listener),
    kill: () => tellExit(0),
  };
}
