import { AppError } from '../../shared/contract/errors.ts';
import type { LinkedAccountsSnapshot, IdentityAttempt } from '../../shared/contract/account/linked-accounts.ts';
import { contract } from '../../shared/contract/index.ts';
import type { EventMap, Handlers } from '../../shared/rpc/define.ts';
import type { FakeFrame } from './fake-security.ts';
import { headOf, nextSequence } from './next-sequence.ts';

const { linkedAccounts } = contract;
export const linkedAccountsContract = { linkedAccounts };
type LinkedAccountsContract = typeof linkedAccountsContract;

type LinkedAccountsFrame = Pick<FakeFrame, 'answer'> & {
  emit<K extends keyof EventMap<LinkedAccountsContract> & string>(
    channel: K,
    payload: EventMap<LinkedAccountsContract>[K],
  ): void;
  /** Whether the act has to be proved first (E12). */
  needsProof(): boolean;
};

export const sampleLinkedAccount = {
  id: 'i1',
  provider: 'Brightline Sign-in',
  label: 'mara@brightline.example',
  addedAt: '2026-01-12T08:00:00.000Z',
  lastUsedAt: '2026-03-01T07:45:00.000Z',
};

/** Linked identities as the screens see them; a sign-in at a provider ends when the test says so, or is cancelled. */
export class FakeLinkedAccounts {
  access: LinkedAccountsSnapshot['access'] = { kind: 'not-offered' };
  providers: LinkedAccountsSnapshot['providers'] = [];
  linked: LinkedAccountsSnapshot['linkedAccounts'] = [];
  /** As where no browser could be opened. */
  address: string | null = null;
  /** The person is signed in at the provider with an identity that is linked already. */
  comesBackKnown = false;
  #asked = '';
  #end: (error: AppError | undefined) => void = () => undefined;
  #ended: Promise<AppError | undefined> = Promise.resolve(undefined);
  readonly #frame: LinkedAccountsFrame;

  constructor(frame: LinkedAccountsFrame) {
    this.#frame = frame;
  }

  /** As at a provider with two identity providers. */
  offer(): void {
    this.access = { kind: 'editable' };
    this.providers = [
      { id: 'https://id.brightline.example', name: 'Brightline Sign-in' },
      { id: 'https://sso.hafenwerk.example/realms/staff', name: 'Hafenwerk' },
    ];
  }

  /** The browser came back: with `error`, or signed in. */
  comeBack(error?: AppError): void {
    this.#end(error);
  }

  snapshotOf(accountId: string, sequence = nextSequence()): LinkedAccountsSnapshot {
    const { access, providers, linked } = this;
    return { ...headOf(accountId, sequence), access, providers, linkedAccounts: linked };
  }

  begin(id: string): IdentityAttempt {
    this.#ended = new Promise((resolve) => (this.#end = resolve));
    this.#asked = this.providers.find((each) => each.id === id)?.name ?? id;
    return this.#attempt();
  }

  /** Errors: what the browser came back with. */
  async wait(): Promise<void> {
    const error = await this.#ended;
    if (error) throw error;
  }

  #attempt(): IdentityAttempt {
    return {
      attempt: 'a1',
      provider: this.#asked,
      expiresAt: new Date(Date.now() + 300_000).toISOString(),
      address: this.address,
    };
  }

  #guard(): void {
    if (this.access.kind === 'needs-permission')
      throw new AppError('forbidden', { permission: this.access.permission });
    if (this.#frame.needsProof()) throw new AppError('reauth-required');
  }

  #add(): void {
    const number = this.linked.length + 1;
    this.linked = [
      ...this.linked,
      { ...sampleLinkedAccount, id: `i${String(number)}`, addedAt: '2026-03-01T09:30:00.000Z', lastUsedAt: null },
    ];
  }

  readonly handlers: Handlers<LinkedAccountsContract> = {
    linkedAccounts: {
      get: (input) => {
        const asked = nextSequence();
        return this.#frame.answer('linkedAccounts.get', input, () => this.snapshotOf(input.accountId, asked));
      },
      link: (input) =>
        this.#frame.answer('linkedAccounts.link', input, () => {
          this.#guard();
          return this.begin(input.providerId);
        }),
      finishLink: async (input) => {
        await this.wait();
        return this.#frame.answer('linkedAccounts.finishLink', input, () => {
          if (!this.comesBackKnown) this.#add();
          return this.snapshotOf('c1');
        });
      },
      openAgain: (input) => this.#frame.answer('linkedAccounts.openAgain', input, () => this.#attempt()),
      cancel: (input) =>
        this.#frame.answer('linkedAccounts.cancel', input, () => {
          this.#end(new AppError('cancelled'));
          return {};
        }),
      unlink: (input) =>
        this.#frame.answer('linkedAccounts.unlink', input, () => {
          this.#guard();
          this.linked = this.linked.filter(({ id }) => id !== input.linkedAccountId);
          return this.snapshotOf(input.accountId);
        }),
    },
  };
}
