import { AppError } from '../../shared/contract/errors.ts';
import { contract } from '../../shared/contract/index.ts';
import type { MadeKey } from '../../shared/contract/keys/made-keys.ts';
import type { Handlers } from '../../shared/rpc/define.ts';
import type { FakeFrame } from './fake-security.ts';
import type { FakeSshKeys } from './fake-ssh-keys.ts';

const { madeKeys } = contract;
export const madeKeysContract = { madeKeys };

type MadeKeysFrame = Pick<FakeFrame, 'answer'> & {
  /** Whether the act has to be proved first (E12). */
  needsProof(): boolean;
};

/** Making keys as the screens see it. Fields are public so that a test can put it there. */
export class FakeMadeKeys {
  folder = '/home/mara/.ssh';
  /** What is being made is called off. */
  wasCancelled = false;
  #made: MadeKey | undefined;
  readonly #sshKeys: FakeSshKeys;
  readonly #findFrame: () => MadeKeysFrame;

  constructor(sshKeys: FakeSshKeys, findFrame: () => MadeKeysFrame) {
    this.#sshKeys = sshKeys;
    this.#findFrame = findFrame;
  }

  get #frame(): MadeKeysFrame {
    return this.#findFrame();
  }

  #require(madeId: string): MadeKey {
    if (this.#made?.madeId !== madeId) throw new AppError('not-found');
    return this.#made;
  }

  readonly handlers: Handlers<typeof madeKeysContract> = {
    madeKeys: {
      defaults: (input) =>
        this.#frame.answer('madeKeys.defaults', input, () => ({
          comment: 'mara@desk',
          folder: this.folder,
          fileNames: {
            ed25519: 'id_ed25519_2',
            'ecdsa-256': 'id_ecdsa',
            'ecdsa-384': 'id_ecdsa',
            'ecdsa-521': 'id_ecdsa',
            'rsa-3072': 'id_rsa',
            'rsa-4096': 'id_rsa',
          },
        })),
      make: (input) =>
        this.#frame.answer('madeKeys.make', input, () => {
          if (this.wasCancelled) throw new AppError('cancelled');
          this.#made = {
            madeId: 'm1',
            type: 'ssh-ed25519',
            bits: 256,
            sha256: 'SHA256:V7aI4RdcGIQX8z1XnQ0gVtl8tAZkMNBSuMPuw4TYpTU',
            comment: input.comment,
            file: input.file && `${this.folder}/${input.file.name}`,
          };
          return this.#made;
        }),
      cancel: (input) =>
        this.#frame.answer('madeKeys.cancel', input, () => {
          this.wasCancelled = true;
          return {};
        }),
      add: (input) =>
        this.#frame.answer('madeKeys.add', input, () => {
          const made = this.#require(input.madeId);
          if (this.#frame.needsProof()) throw new AppError('reauth-required');
          this.#sshKeys.addKey({ title: made.comment, hasPrivateHalf: made.file === null });
          return this.#sshKeys.snapshotOf(input.accountId);
        }),
      lend: (input) =>
        this.#frame.answer('madeKeys.lend', input, () => {
          this.#require(input.madeId);
          return {};
        }),
      discard: (input) =>
        this.#frame.answer('madeKeys.discard', input, () => {
          this.#made = undefined;
          return {};
        }),
    },
  };
}
