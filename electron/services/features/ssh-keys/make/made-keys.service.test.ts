import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../../shared/contract/errors.ts';
import { makeKey, sha256Fingerprint } from '../../../../../ssh-keys/index.ts';
import type { SshKeysState } from '../../../provider/account-ssh-keys.ts';
import { createMadeKeysService } from './made-keys.service.ts';

const state: SshKeysState = { access: { kind: 'editable' }, canVerify: false, canRename: true, limit: null, keys: [] };

/** A key for the vault alone at a service that refuses it with `error`, and cannot be asked again if `isGone`. */
async function addRefused(error: AppError, isGone = false) {
  const key = await makeKey('ed25519', 'mara@desk');
  const pending = {
    madeId: 'm1',
    key,
    sha256: sha256Fingerprint(key.publicKey),
    file: null,
    accounts: new Set<string>(),
  };
  const inVault = new Set<string>();
  const asked: string[] = [];
  const service = createMadeKeysService({
    made: {
      get: () => pending,
      make: () => Promise.reject(error),
      cancel: () => undefined,
      discard: () => undefined,
    },
    changes: {
      change: (_accountId, next) => next(state).then(() => Promise.reject(new Error('it was added'))),
      request: () => {
        asked.push([...inVault].join(' '));
        return Promise.reject(error);
      },
      emitAgain: () => Promise.resolve(),
    },
    reader: { ask: () => (isGone ? Promise.reject(error) : Promise.resolve(state)) },
    halves: {
      keep: async (_accountId, { publicKey }) => void inVault.add(sha256Fingerprint(publicKey)),
      remove: async (_accountId, sha256) => void inVault.delete(sha256),
    },
    lent: { add: () => Promise.reject(error) },
    ends: { note: () => undefined },
    reauth: { require: () => Promise.resolve() },
    sshFolder: '/nowhere',
  });
  const answer = await Promise.resolve(service.add({ madeId: 'm1', accountId: 'a1' })).catch(
    (reason: unknown) => reason,
  );
  return { answer, asked, sha256: pending.sha256, inVault: [...inVault] };
}

describe('K10 a key for the vault alone', () => {
  it('K10: is in the vault before it is sent, and not any more once it was refused', async () => {
    const refusal = new AppError('invalid-request', { fields: { publicKey: { code: 'duplicate' } } });
    const { answer, asked, sha256, inVault } = await addRefused(refusal);
    expect({ answer, asked, inVault }).toEqual({ answer: refusal, asked: [sha256], inVault: [] });
  });

  it('K10: nor where the service did not get it', async () => {
    const { inVault } = await addRefused(new AppError('offline', { reason: 'connection-refused' }), true);
    expect(inVault).toEqual([]);
  });

  it('K10: stays where nobody knows whether the account has it', async () => {
    const { answer, sha256, inVault } = await addRefused(new AppError('offline', { reason: 'timed-out' }), true);
    expect(answer).toMatchObject({ details: { reason: 'outcome-unknown' } });
    expect(inVault).toEqual([sha256]);
  });
});
