import { randomBytes, randomUUID } from 'node:crypto';
import { AppError } from '../../../shared/contract/errors.ts';
import type { IdentityAttempt } from '../../../shared/contract/account/linked-accounts.ts';
import type { BrowserOpener, Clock, HttpTransport, Log } from '../ports.ts';
import type { IdentityClient } from './identity-client.ts';
import { discoverProvider, type Authorization, type AuthorizationExtras, type Grant } from './authorization.ts';
import { listenForRedirect, type RedirectListener } from './redirect-listener.ts';

export interface AttemptsDeps {
  readonly browser: BrowserOpener;
  readonly clock: Clock;
  readonly log: Log;
  readonly transport?: HttpTransport | undefined;
}

export interface AttemptPlan<T> {
  readonly client: IdentityClient;
  /** The attempt ends with it. */
  readonly accountId?: string;
  readonly extras?: AuthorizationExtras;
  /** Where a profile service judges the ID token: the nonce that it knows. Errors: those of `begin`. */
  readonly askNonce?: () => Promise<string>;
  /** Uses what was granted; `attempt` names this try. Errors: those of `finish`. */
  readonly complete: (grant: Grant, attempt: string) => Promise<T>;
}

interface Running<T> {
  readonly id: string;
  readonly plan: AttemptPlan<T>;
  readonly address: URL;
  readonly expiresAt: number;
  readonly end: AbortController;
  readonly grant: Promise<Grant>;
  outcome: Promise<T>;
  /** The profile service asked for a proof of who is there first; it can be given, and the grant used again. */
  lacksProof: boolean;
}

const lifetimeMs = 300_000;

/**
 * Sign-ins at identity providers in the browser. A person has one browser, so one at a time: a new one ends the one
 * before.
 */
export class Attempts<T> {
  readonly #deps: AttemptsDeps;
  #running: Running<T> | undefined;

  constructor(deps: AttemptsDeps) {
    this.#deps = deps;
  }

  has(id: string): boolean {
    return this.#running?.id === id;
  }

  /**
   * Resolves once the browser was asked to open. Errors: AppError server-fault (identity-provider-*), and those of the
   * plan.
   */
  async begin(plan: AttemptPlan<T>): Promise<IdentityAttempt> {
    this.stop();
    const provider = await discoverProvider(plan.client, this.#deps.transport);
    const nonce = await plan.askNonce?.();
    const state = randomBytes(32).toString('base64url');
    const listener = await listenForRedirect(state);
    const authorization = await provider
      .begin({ redirectUri: listener.redirectUri, state, nonce, ...plan.extras })
      .catch((error: unknown) => {
        listener.close();
        throw error;
      });
    // Another one may have begun meanwhile.
    this.stop();
    this.#running = this.#follow(plan, authorization, listener);
    return this.#open(this.#running);
  }

  /**
   * After reauth-required it may be asked again, once the person has proved who they are. Errors: not-found, and those
   * of the plan.
   */
  async finish(id: string): Promise<T> {
    const running = this.#get(id);
    if (running.lacksProof) {
      running.lacksProof = false;
      running.outcome = this.#watch(running.grant.then((grant) => running.plan.complete(grant, running.id)));
    }
    const { outcome } = running;
    try {
      return await outcome;
    } catch (error) {
      if (error instanceof AppError && error.code === 'reauth-required')
        running.lacksProof = running.outcome === outcome;
      throw error;
    }
  }

  openAgain(id: string): Promise<IdentityAttempt> {
    return this.#open(this.#get(id));
  }

  /** Of an attempt that is over already this changes nothing. */
  stop(isMeant: (accountId: string | undefined) => boolean = () => true): void {
    if (this.#running && isMeant(this.#running.plan.accountId)) this.#running.end.abort();
  }

  #follow(plan: AttemptPlan<T>, { address, exchange }: Authorization, listener: RedirectListener): Running<T> {
    const [id, end] = [randomUUID(), new AbortController()];
    const grant = Promise.race([listener.redirect, this.#giveUp(end.signal)])
      .finally(() => listener.close())
      .then(exchange);
    const outcome = grant.then((granted) => {
      if (end.signal.aborted) throw new AppError('cancelled');
      return plan.complete(granted, id);
    });
    const expiresAt = this.#deps.clock.now() + lifetimeMs;
    return {
      id,
      plan,
      address,
      expiresAt,
      end,
      grant,
      outcome: this.#watch(outcome.finally(() => end.abort())),
      lacksProof: false,
    };
  }

  async #open({ id, plan, address, expiresAt }: Running<T>): Promise<IdentityAttempt> {
    const isOpen = await this.#deps.browser.open(address);
    return {
      attempt: id,
      provider: plan.client.name,
      expiresAt: new Date(expiresAt).toISOString(),
      address: isOpen ? null : address.href,
    };
  }

  #get(id: string): Running<T> {
    if (this.#running?.id !== id) throw new AppError('not-found');
    return this.#running;
  }

  /** Rejects when the time is over, or somebody ended it. */
  async #giveUp(ended: AbortSignal): Promise<never> {
    await this.#deps.clock.sleep(lifetimeMs, ended).catch(() => undefined);
    throw ended.aborted ? new AppError('cancelled') : new AppError('cancelled', { reason: 'sign-in-took-too-long' });
  }

  /** Nobody may be waiting for it. */
  #watch(outcome: Promise<T>): Promise<T> {
    outcome.catch((error: unknown) => {
      const { code, details } = error instanceof AppError ? error : new AppError('internal');
      this.#deps.log.warn('a sign-in at an identity provider did not succeed', {
        code,
        reason: details.reason ?? null,
      });
    });
    return outcome;
  }
}
