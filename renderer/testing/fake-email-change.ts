import type { EmailChange } from '../../shared/contract/account/email-change.ts';
import { contract } from '../../shared/contract/index.ts';
import type { Handlers } from '../../shared/rpc/define.ts';

const { emailChange } = contract;
export const emailChangeContract = { emailChange };

interface FakeFrame {
  answer<T>(channel: string, input: unknown, value: () => T): Promise<T>;
}

/** A new address that waits for its confirmation, as the screens see it. */
export class FakeEmailChange {
  pending: EmailChange['pending'] = null;
  readonly #frame: FakeFrame;

  constructor(frame: FakeFrame) {
    this.#frame = frame;
  }

  #answer(channel: string, input: { accountId: string }, act: () => void = () => undefined): Promise<EmailChange> {
    return this.#frame.answer(channel, input, () => {
      act();
      return { accountId: input.accountId, pending: this.pending };
    });
  }

  readonly handlers: Handlers<typeof emailChangeContract> = {
    emailChange: {
      status: (input) => this.#answer('emailChange.status', input),
      resend: (input) => this.#answer('emailChange.resend', input),
      cancel: (input) => this.#answer('emailChange.cancel', input, () => void (this.pending = null)),
    },
  };
}
