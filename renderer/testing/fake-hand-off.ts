import type { HandOffAttempt, HandOffOutcome } from '../../shared/contract/account/hand-off.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { contract } from '../../shared/contract/index.ts';
import type { Handlers } from '../../shared/rpc/define.ts';
import type { FakeFrame } from './fake-security.ts';

const { handOff } = contract;
export const handOffContract = { handOff };

/** Pages of the service, of which a test says how they end. */
export class FakeHandOff {
  /** Where no browser could be opened from here. */
  address: string | null = null;
  comesBack = true;
  mayWaitForMail = false;
  isUntold = false;
  #end: (outcome: HandOffOutcome | AppError) => void = () => undefined;
  #ended: Promise<HandOffOutcome | AppError> = Promise.resolve('unknown');
  readonly #frame: Pick<FakeFrame, 'answer'>;

  constructor(frame: Pick<FakeFrame, 'answer'>) {
    this.#frame = frame;
  }

  /** What came of the page that is open. */
  end(outcome: HandOffOutcome | AppError): void {
    this.#end(outcome);
  }

  #open(): HandOffAttempt {
    return {
      attempt: 'h1',
      page: 'id.example.org',
      comesBack: this.comesBack,
      expiresAt: new Date(Date.now() + 900_000).toISOString(),
      address: this.address,
      ...(this.mayWaitForMail && { mayWaitForMail: true }),
      ...(this.isUntold && { isUntold: true }),
    };
  }

  readonly handlers: Handlers<typeof handOffContract> = {
    handOff: {
      begin: (input) =>
        this.#frame.answer('handOff.begin', input, () => {
          this.#ended = new Promise((resolve) => (this.#end = resolve));
          return this.#open();
        }),
      openAgain: (input) => this.#frame.answer('handOff.openAgain', input, () => this.#open()),
      check: (input) => this.#frame.answer('handOff.check', input, () => ({ outcome: 'unknown' })),
      finish: async (input) => {
        const outcome = await this.#ended;
        return this.#frame.answer('handOff.finish', input, () => {
          if (outcome instanceof AppError) throw outcome;
          return { outcome };
        });
      },
      cancel: (input) =>
        this.#frame.answer('handOff.cancel', input, () => {
          this.#end('cancelled');
          return {};
        }),
    },
  };
}
