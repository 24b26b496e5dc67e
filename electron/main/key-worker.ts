import { linkToParent } from '../../shared/rpc/message-link.ts';
import { serveCalls } from '../../shared/rpc/serve-calls.ts';
import type { KeyWorkerContract } from '../services/features/ssh-keys/worker/key-worker.contract.ts';
import { keyWorkerHandlers } from '../services/features/ssh-keys/worker/key-worker.handlers.ts';
import type { KeyDerivationContract } from '../services/vault/passphrase/key-derivation.contract.ts';
import { keyDerivationHandlers } from '../services/vault/passphrase/key-derivation.handlers.ts';

// What runs inside the utility process of ports/children.ts.
serveCalls<KeyWorkerContract & KeyDerivationContract>(linkToParent(process), {
  ...keyWorkerHandlers,
  ...keyDerivationHandlers,
});
