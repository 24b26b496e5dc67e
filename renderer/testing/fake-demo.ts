import type { DemoMail } from '../../shared/contract/demo.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { contract } from '../../shared/contract/index.ts';
import type { Handlers } from '../../shared/rpc/define.ts';

const { demo } = contract;
export const demoContract = { demo };

interface FakeFrame {
  answer<T>(channel: string, input: unknown, value: () => T): Promise<T>;
}

/** The demo service's mails as the screens see them. */
export class FakeDemo {
  mails: DemoMail[] = [];
  hasBrowser = true;
  readonly #frame: FakeFrame;

  constructor(frame: FakeFrame) {
    this.#frame = frame;
  }

  readonly handlers: Handlers<typeof demoContract> = {
    demo: {
      mails: (input) => this.#frame.answer('demo.mails', input, () => ({ mails: this.mails })),
      openLink: (input) =>
        this.#frame.answer('demo.openLink', input, () => {
          if (!this.mails.some(({ id, canOpen }) => id === input.mailId && canOpen)) throw new AppError('not-found');
          return { isOpened: this.hasBrowser };
        }),
    },
  };
}
