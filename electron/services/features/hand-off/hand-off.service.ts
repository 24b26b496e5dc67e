import type { HandOffAttempt, HandOffOutcome } from '../../../../shared/contract/account/hand-off.ts';
import type { Operation } from '../../../../shared/contract/account/operations.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AppContract } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { AccountRegistry } from '../../accounts/account-registry.ts';
import type { Requests } from '../../accounts/requests.ts';
import type { BrowserOpener, Clock } from '../../ports.ts';
import type { AccountHandOff } from '../../provider/account-hand-off.ts';
import { openPage, type OpenPage } from './open-page.ts';
import { watchPage, type Watch } from './watch-page.ts';

export interface HandOffDeps {
  readonly signedIn: Requests<AccountHandOff>;
  readonly registry: Pick<AccountRegistry, 'get'>;
  readonly browser: BrowserOpener;
  readonly clock: Clock;
  /** A page of the service seems to have deleted the account. */
  readonly onDeleted: (accountId: string) => Promise<void>;
}

export interface HandOffService {
  readonly handlers: Handlers<AppContract>['handOff'];
  /** The account's session is over: what is open for it is called off. */
  clear(accountId: string): void;
  stop(): void;
}

interface Running extends Watch {
  readonly accountId: string;
  readonly page: OpenPage;
  readonly operation: Operation;
  readonly mayWaitForMail: boolean;
  readonly isUntold: boolean;
}

/** What only a page of the service can do (R1). A person has one browser, so one page at a time. */
export function createHandOffService({ signedIn, registry, browser, clock, onDeleted }: HandOffDeps): HandOffService {
  let running: Running | undefined;

  function get(id: string): Running {
    if (running?.id !== id) throw new AppError('not-found');
    return running;
  }

  async function show({ id, expiresAt, page, mayWaitForMail, isUntold }: Running): Promise<HandOffAttempt> {
    const isOpen = await browser.open(page.address);
    return {
      attempt: id,
      page: page.address.host,
      comesBack: page.comesBack,
      expiresAt: new Date(expiresAt).toISOString(),
      address: isOpen ? null : page.address.href,
      ...(mayWaitForMail && { mayWaitForMail }),
      ...(isUntold && { isUntold }),
    };
  }

  async function begin(accountId: string, operation: Operation, of?: string): Promise<HandOffAttempt> {
    running?.end('cancelled');
    const handOff = await signedIn.request(accountId, (account) => account.handOff(operation, of));
    const read = async () => JSON.stringify(await signedIn.request(accountId, () => handOff.read()));
    const before = await read();
    const hasChanged = async () => (await read()) !== before;
    const page = await openPage(handOff, (await registry.get(accountId)).target);
    // Another one may have begun meanwhile.
    running?.end('cancelled');
    const marks = { mayWaitForMail: handOff.mayWaitForMail === true, isUntold: handOff.isUntold === true };
    const onDone = async () => {
      if (operation === 'deletion.remove') await onDeleted(accountId);
    };
    running = { accountId, operation, page, ...marks, ...watchPage({ page, hasChanged, clock, onDone }) };
    return show(running);
  }

  const answer = (outcome: HandOffOutcome) => ({ outcome });
  return {
    handlers: {
      begin: ({ accountId, operation, of }) => begin(accountId, operation, of),
      openAgain: async ({ attempt }) => show(get(attempt)),
      check: async ({ attempt }) => answer(await get(attempt).check()),
      finish: async ({ attempt }) => answer(await get(attempt).outcome),
      cancel({ attempt }) {
        if (running?.id === attempt) running.end('cancelled');
        return {};
      },
    },
    clear(accountId) {
      if (running?.accountId !== accountId) return;
      // Another request may hear first that nobody of that name is left.
      running.end(running.operation === 'deletion.remove' ? 'done' : 'cancelled');
    },
    stop: () => running?.end('cancelled'),
  };
}
