import { confirmPair } from './confirm-pair.ts';
import { SshReader } from './encoding/ssh-wire.ts';
import { readPrivateFields } from './formats/agent-form.ts';
import { readPublicBlob } from './formats/public-key.ts';
import type { PrivateKey } from './key.ts';
import { UnsupportedKey } from './problem.ts';

/**
 * A key that was kept in the two forms that an agent is given, with the proof that both halves belong together. Wipe
 * its `agentForm` after use. Errors: KeyFailure.
 */
export function readPair(
  { blob, agentForm }: { blob: Uint8Array; agentForm: Uint8Array },
  comment: string,
): PrivateKey {
  const { key, type } = readPublicBlob(blob);
  if (!key) throw new UnsupportedKey({ code: 'private-type', name: type });
  const reader = new SshReader(agentForm, 'private-part');
  const stated = readPrivateFields(reader, key);
  reader.expectEnd();
  return confirmPair({ ...stated, comment });
}
