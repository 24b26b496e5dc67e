import { linkToParent } from '../../shared/rpc/message-link.ts';
import { serveCalls } from '../../shared/rpc/serve-calls.ts';
import type { KeyWorkerContract } from '../services/features/ssh-keys/worker/key-worker.contract.ts';
import { keyWorkerHandlers } from '../services/features/ssh-keys/worker/key-worker.handlers.ts';

// What runs inside the utility process of ports/children.ts.
serveCalls<KeyWorkerContract>(linkToParent(process), keyWorkerHandlers);
