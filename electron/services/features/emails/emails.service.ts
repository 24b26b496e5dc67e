import type { EmailsSnapshot } from '../../../../shared/contract/account/emails.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { AppContract, Emit } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { ReauthService } from '../../accounts/reauth/reauth.service.ts';
import { cleanText } from '../../core/clean-text.ts';
import { SerialQueue } from '../../core/serial-queue.ts';
import type { ServiceEmitter } from '../../core/service-events.ts';
import type { AccountEmails, EmailFacts, EmailsState } from '../../provider/account-emails.ts';
import { confirmOutcome } from '../../provider/outcome.ts';
import { AccountState, type AccountStateDeps } from '../../resources/account-state.ts';
import { CachedResource, type ResourceDeps } from '../../resources/cached-resource.ts';
import type { SealedStorage } from '../../vault/sealed-storage.ts';
import { createEmailsDocument, type CachedEmails } from './emails-document.ts';

export interface EmailsDeps extends AccountStateDeps, Omit<ResourceDeps<AccountEmails, CachedEmails>, 'states'> {
  readonly storage: SealedStorage;
  readonly events: Pick<ServiceEmitter, 'on'>;
  readonly reauth: Pick<ReauthService, 'require'>;
  /** The primary address is one of the profile's fields. */
  readonly profile: { refresh(accountId: string): Promise<unknown> };
  readonly emit: Emit<'emails.changed'>;
}

/** One act at the provider, and what is known by it where the list cannot be read afterwards. */
interface Act {
  readonly run: (account: AccountEmails) => Promise<void>;
  /** Whether it took effect, by what the provider lists now: asked where its answer was lost. */
  readonly isDone: (state: EmailsState) => boolean;
  readonly known: (state: EmailsState) => EmailsState;
}

/** The e-mail addresses of an account that can have several (R5). What changes by an act of ours is told of. */
export function createEmailsService(deps: EmailsDeps): { readonly handlers: Handlers<AppContract>['emails'] } {
  const { storage, signedIn, events, reauth, profile, emit } = deps;
  const states = new AccountState(deps, createEmailsDocument(storage));
  events.on('forgotten', ({ accountId }) => states.erase(accountId));
  const list = createEmailList({ ...deps, states });
  /** One act of an account after another, so that no answer is overtaken. */
  const queue = new SerialQueue();

  async function run(accountId: string, { run: act, isDone, known }: Act): Promise<EmailsSnapshot> {
    await confirmOutcome(
      () => signedIn.request(accountId, act).then(() => true),
      async () => isDone(await list.ask(accountId)) || undefined,
    );
    list.markChanged(accountId);
    const stale = (cached: CachedEmails) => cached && { ...cached, state: known(cached.state) };
    // It is done, also where the provider cannot be asked again now.
    const snapshot = await list.refresh(accountId).catch(() => list.readStale(accountId, stale));
    emit('emails.changed', snapshot);
    return snapshot;
  }

  async function change(accountId: string, act: () => Promise<Act>): Promise<EmailsSnapshot> {
    await reauth.require(accountId);
    return queue.run(accountId, async () => run(accountId, await act()));
  }

  return {
    handlers: {
      list: ({ accountId, from }) => list.read(accountId, from),
      add: ({ accountId, email }) => change(accountId, async () => toAdding(await list.ask(accountId), email.trim())),
      remove: ({ accountId, emailId }) => change(accountId, async () => toRemoving(emailId)),
      async makePrimary({ accountId, emailId }) {
        const snapshot = await change(accountId, async () => toMakingPrimary(emailId));
        // Told by an event of its own, if it can be read now.
        profile.refresh(accountId).catch(() => undefined);
        return snapshot;
      },
      sendVerification: ({ accountId, emailId }) =>
        change(accountId, async () => ({
          run: (account) => account.sendEmailVerification(emailId),
          isDone: () => false,
          known: (state) => state,
        })),
    },
  };
}

/** Errors: AppError invalid-request (`email`: duplicate), of one that the account has. */
function toAdding(before: EmailsState, email: string): Act {
  const has = ({ emails }: EmailsState) => emails.some((each) => isSame(each.email, email));
  if (has(before)) throw new AppError('invalid-request', { fields: { email: { code: 'duplicate' } } });
  return { run: (account) => account.addEmail(email), isDone: has, known: (state) => state };
}

function toRemoving(emailId: string): Act {
  const without = ({ emails }: EmailsState) => emails.filter(({ id }) => id !== emailId);
  return {
    run: (account) => account.removeEmail(emailId).catch(unlessNotFound),
    isDone: (state) => without(state).length === state.emails.length,
    known: (state) => ({ ...state, emails: without(state) }),
  };
}

function toMakingPrimary(emailId: string): Act {
  return {
    run: (account) => account.makeEmailPrimary(emailId),
    isDone: ({ emails }) => emails.some(({ id, isPrimary }) => id === emailId && isPrimary),
    known: (state) => ({
      ...state,
      emails: state.emails.map((each) => ({ ...each, isPrimary: each.id === emailId })),
    }),
  };
}

function createEmailList(
  deps: ResourceDeps<AccountEmails, CachedEmails>,
): CachedResource<AccountEmails, EmailsState, CachedEmails, EmailsSnapshot> {
  return new CachedResource(deps, {
    ask: (account) => account.readEmails(),
    get: (cached) => cached,
    set: (_kept, reading) => reading,
    show: (head, { sendsMail, emails }) => ({
      ...head,
      sendsMail,
      emails: emails.toSorted(compare).map((each) => ({ ...each, email: cleanText(each.email), acts: [...each.acts] })),
    }),
  });
}

/** No service tells two of them apart by their case. */
function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function compare(a: EmailFacts, b: EmailFacts): number {
  return Number(b.isPrimary) - Number(a.isPrimary) || a.email.localeCompare(b.email, 'en') || a.id.localeCompare(b.id);
}

function unlessNotFound(error: unknown): void {
  if (!(error instanceof AppError) || error.code !== 'not-found') throw error;
}
