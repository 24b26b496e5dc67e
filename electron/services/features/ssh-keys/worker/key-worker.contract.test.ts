import { expectTypeOf, it } from 'vitest';
import type * as z from 'zod';
import type { FolderScan, KeyInspection, KeyPlace, PrivateKey, PublicKey } from '../../../../../ssh-keys/index.ts';
import type {
  inspectionSchema,
  KeyOutcome,
  keyWorker,
  privateKeySchema,
  publicKeySchema,
} from './key-worker.contract.ts';

type Without<T> = Omit<T, 'problems'>;

// The library imports nothing of ours, so its shapes stand twice.
it('K8: what the library gives has its place in the contract with the key worker, and comes out as it was', () => {
  type Inspection = z.infer<typeof inspectionSchema>;
  expectTypeOf<KeyInspection>().toExtend<Inspection>();
  // Two problems more are the services' own (same-bounds.test.ts).
  expectTypeOf<Without<Inspection>>().toExtend<Without<KeyInspection>>();
  expectTypeOf<PublicKey>().toExtend<z.infer<typeof publicKeySchema>>();
  expectTypeOf<z.infer<typeof publicKeySchema>>().toExtend<PublicKey>();
  expectTypeOf<PrivateKey>().toExtend<z.infer<typeof privateKeySchema>>();
  expectTypeOf<z.infer<typeof privateKeySchema>>().toExtend<PrivateKey>();
  expectTypeOf<KeyPlace>().toExtend<NonNullable<KeyOutcome['place']>>();
  expectTypeOf<NonNullable<KeyOutcome['place']>>().toExtend<KeyPlace>();
  expectTypeOf<FolderScan>().toExtend<z.infer<typeof keyWorker.keys.scan.output>>();
  expectTypeOf<z.infer<typeof keyWorker.keys.scan.output>>().toExtend<FolderScan>();
});
