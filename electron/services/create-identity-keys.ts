import { AppError } from '../../shared/contract/errors.ts';
import type { AppContract } from '../../shared/contract/index.ts';
import type { Handlers } from '../../shared/rpc/define.ts';

export interface IdentityKeys {
  readonly handlers: Pick<Handlers<AppContract>, 'identityKeys'>;
}

/** Wires together SSH identity keys: the list, imports, the vault and the SSH agent. */
export function createIdentityKeys(): IdentityKeys {
  const refuse = (): never => {
    throw new AppError('not-offered');
  };
  const list = { list: refuse, details: refuse, rename: refuse, remove: refuse, verify: refuse };
  const imports = { sources: refuse, chooseFiles: refuse, chooseFolder: refuse, readSshFolder: refuse, importDropped: refuse, importPasted: refuse, resumeImport: refuse };
  const batch = { cancelImport: refuse, discardImport: refuse, unlock: refuse, add: refuse, addPublic: refuse };
  const privateHalves = { keepPrivate: refuse, forgetPrivate: refuse, exportPrivate: refuse, addToAgent: refuse, removeFromAgent: refuse };
  return { handlers: { identityKeys: { ...list, ...imports, ...batch, ...privateHalves } } };
}
