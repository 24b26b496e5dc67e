import type { Email, EmailsSnapshot } from '../../shared/contract/account/emails.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { contract } from '../../shared/contract/index.ts';
import type { EventMap, Handlers } from '../../shared/rpc/define.ts';
import type { FakeFrame } from './fake-security.ts';
import { headOf } from './next-sequence.ts';

const { emails } = contract;
export const emailsContract = { emails };
type EmailsContract = typeof emailsContract;

type EmailsFrame = Pick<FakeFrame, 'answer'> & {
  emit<K extends keyof EventMap<EmailsContract> & string>(channel: K, payload: EventMap<EmailsContract>[K]): void;
  /** Whether the act has to be proved first (E12). */
  needsProof(): boolean;
};

export function sampleEmail(email: string, changes: Partial<Email> = {}): Email {
  return { id: email, email, isPrimary: false, isVerified: true, acts: ['makePrimary', 'remove'], ...changes };
}

/** The addresses of an account, as the screens see them; none of them is verified by itself. */
export class FakeEmails {
  emails: Email[] = [sampleEmail('mara@nordlicht.example', { isPrimary: true, acts: [] })];
  sendsMail = true;
  /** Those of other people. */
  taken: readonly string[] = [];
  readonly #frame: EmailsFrame;

  constructor(frame: EmailsFrame) {
    this.#frame = frame;
  }

  snapshotOf(accountId: string, source: EmailsSnapshot['source'] = 'provider'): EmailsSnapshot {
    const head = { ...headOf(accountId), ...(source === 'cache' && { source, sequence: 0 }) };
    return { ...head, sendsMail: this.sendsMail, emails: [...this.emails] };
  }

  #act(
    channel: string,
    input: { readonly accountId: string },
    act: () => void = () => undefined,
  ): Promise<EmailsSnapshot> {
    return this.#frame.answer(channel, input, () => {
      if (this.#frame.needsProof()) throw new AppError('reauth-required');
      act();
      return this.snapshotOf(input.accountId);
    });
  }

  #add(email: string): void {
    const code = this.taken.includes(email) ? 'taken' : this.emails.some((each) => each.email === email) && 'duplicate';
    if (code) throw new AppError('invalid-request', { fields: { email: { code } } });
    this.emails.push(sampleEmail(email, { isVerified: false, acts: ['sendVerification', 'remove'] }));
  }

  readonly handlers: Handlers<EmailsContract> = {
    emails: {
      list: (input) =>
        this.#frame.answer(`emails.list ${input.from}`, input, () => this.snapshotOf(input.accountId, input.from)),
      add: (input) => this.#act('emails.add', input, () => this.#add(input.email)),
      remove: (input) =>
        this.#act('emails.remove', input, () => {
          this.emails = this.emails.filter(({ id }) => id !== input.emailId);
        }),
      makePrimary: (input) =>
        this.#act('emails.makePrimary', input, () => {
          this.emails = this.emails.map((each) =>
            sampleEmail(each.email, each.id === input.emailId ? { isPrimary: true, acts: [] } : {}),
          );
        }),
      sendVerification: (input) => this.#act('emails.sendVerification', input),
    },
  };
}
