import type { ProviderDescription, Target } from '../../../../shared/contract/account/accounts.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { parseAddress } from '../../http/parse-address.ts';
import type { EmbeddedProvider, EmbeddedStart } from '../../ports.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import type { KnownOrigins } from './known-origins.ts';
import { embeddedSpec, type StoredAccount } from '../accounts.stored.ts';
import { createEmbeddedKey } from './embedded-key.ts';

export type StoredTarget = StoredAccount['target'];

/** Turns what a person chose into a base URL. */
export interface Targets {
  /** Errors: AppError invalid-request (address-not-valid, address-not-secure), not-offered. */
  normalise(target: Target): StoredTarget;
  /**
   * Starts the embedded provider if that is the target; asks the person before the first request to any other new
   * origin. Errors: as its start, key-store-unavailable, cancelled (origin-refused), rate-limited.
   */
  address(target: StoredTarget): Promise<string>;
  /** Who can try it; its e-mail address may have been changed since the start. */
  demoAccount(target: StoredTarget): Promise<ProviderDescription['demo']>;
  /** The demo account's password is another one by now, and that is the person's own. */
  forgetDemoPassword(): Promise<void>;
  /** Deletes the embedded provider's data and its demo account: they lie on this computer too. */
  eraseEmbedded(): Promise<void>;
}

export function createTargets(
  storage: SealedStorage,
  embedded: EmbeddedProvider | undefined,
  origins: Pick<KnownOrigins, 'require'>,
): Targets {
  const document = storage.document(embeddedSpec);

  const dataKey = createEmbeddedKey(storage);

  let starting: Promise<EmbeddedStart> | undefined;
  let noted: EmbeddedStart | undefined;

  /** One start for all who ask meanwhile: two could each reset the password. */
  function startEmbedded(): Promise<EmbeddedStart> {
    starting ??= startAndKeepPassword().finally(() => (starting = undefined));
    return starting;
  }

  /** The server keeps only a hash, so a password that we no longer know is made anew. */
  async function startAndKeepPassword(): Promise<EmbeddedStart> {
    if (!embedded) throw new AppError('not-offered');
    const isKnown = (await document.read()) !== undefined;
    const start = await embedded.start({
      resetDemoPassword: !isKnown,
      dataKey: await dataKey.obtain(embedded),
    });
    // Once for each start: it tells the same for as long as it runs, and the person may have chosen another since.
    if (start !== noted && start.demo.password !== null)
      await document.write({ version: 1, demoPassword: start.demo.password });
    noted = start;
    return start;
  }

  return {
    normalise: (target) =>
      target.kind === 'embedded' ? target : { kind: 'address', address: parseAddress(target.address) },
    async address(target) {
      if (target.kind === 'embedded') return (await startEmbedded()).address;
      await origins.require(target.address);
      return target.address;
    },
    async demoAccount(target) {
      if (target.kind !== 'embedded') return null;
      const { identifier } = (await startEmbedded()).demo;
      const stored = await document.read();
      return stored ? { identifier, password: stored.demoPassword } : null;
    },
    async forgetDemoPassword() {
      if (await document.read()) await document.write({ version: 1, demoPassword: null });
    },
    async eraseEmbedded() {
      await embedded?.erase();
      await document.remove();
      await dataKey.remove();
    },
  };
}
