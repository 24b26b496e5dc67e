import { randomUUID } from 'node:crypto';
import type { DeviceAttempt } from '../../../../shared/contract/account/auth.ts';
import type { Emit } from '../../../../shared/contract/index.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { createHttpClient, type HttpClient } from '../../http/http-client.ts';
import { describeClient } from '../../http/user-agent.ts';
import {
  requestDeviceCode,
  waitForGrant,
  type DeviceClient,
  type DeviceCode,
  type DeviceEndpoints,
  type DeviceGrant,
} from '../../openid/device-authorization.ts';
import type { BrowserOpener, Clock, HttpTransport, Log } from '../../ports.ts';

export interface DeviceAttemptsDeps {
  readonly browser: BrowserOpener;
  readonly clock: Clock;
  readonly log: Log;
  /** Of this app. */
  readonly version: string;
  readonly transport?: HttpTransport | undefined;
  readonly emit: Emit<'auth.deviceSignInWaits'>;
}

export interface DevicePlan<T> {
  readonly endpoints: DeviceEndpoints;
  readonly clientId: string;
  /** Uses what was granted. Errors: those of `finish`. */
  readonly complete: (grant: DeviceGrant) => Promise<T>;
}

interface Running<T> {
  readonly id: string;
  readonly page: URL;
  readonly end: AbortController;
  readonly outcome: Promise<T>;
}

/** Sign-ins by a code, one at a time: a new one ends the one before. Nothing of them outlasts the app. */
export class DeviceAttempts<T> {
  readonly #deps: DeviceAttemptsDeps;
  readonly #http: HttpClient;
  #running: Running<T> | undefined;
  /** Ends the one that began last, which may have no code yet. */
  #latest: AbortController | undefined;

  constructor(deps: DeviceAttemptsDeps) {
    this.#deps = deps;
    const { clock, version, transport = {} } = deps;
    this.#http = createHttpClient({ clock, userAgent: describeClient(version), transport });
  }

  /** Errors: those of `requestDeviceCode`; cancelled. */
  async begin({ endpoints, clientId, complete }: DevicePlan<T>): Promise<DeviceAttempt> {
    this.stop();
    const end = new AbortController();
    this.#latest = end;
    const client = { http: this.#http, endpoints, clientId };
    const code = await requestDeviceCode(client);
    // Another one may have begun meanwhile, or the app been locked.
    if (end.signal.aborted) throw new AppError('cancelled');
    const id = randomUUID();
    const outcome = this.#wait({ id, client, code, signal: end.signal }).then(complete);
    // Nobody may be waiting for it.
    outcome.catch((error: unknown) => this.#note(error));
    this.#running = { id, page: code.page, end, outcome };
    return {
      attempt: id,
      userCode: code.userCode,
      page: code.page.href,
      expiresAt: new Date(this.#deps.clock.now() + code.expiresIn * 1_000).toISOString(),
    };
  }

  /** Errors: not-found, those of `waitForGrant` and of the plan. */
  finish(id: string): Promise<T> {
    return this.#get(id).outcome;
  }

  /** The page to open by hand where no browser could be opened; else null. */
  async openPage(id: string): Promise<string | null> {
    const { page } = this.#get(id);
    return (await this.#deps.browser.open(page)) ? null : page.href;
  }

  /** Of an attempt that is over already this changes nothing. */
  cancel(id: string): void {
    if (this.#running?.id === id) this.#running.end.abort();
  }

  stop(): void {
    this.#latest?.abort();
  }

  async #wait(asked: {
    readonly id: string;
    readonly client: DeviceClient;
    readonly code: DeviceCode;
    readonly signal: AbortSignal;
  }): Promise<DeviceGrant> {
    const { id, client, code, signal } = asked;
    const { clock, emit } = this.#deps;
    const onTrouble: Parameters<typeof waitForGrant>[2]['onTrouble'] = (cause) =>
      emit('auth.deviceSignInWaits', { attempt: id, cause });
    const grant = await waitForGrant(client, code, { clock, signal, onTrouble }).catch((error: unknown) => {
      throw signal.aborted ? new AppError('cancelled') : error;
    });
    if (signal.aborted) throw new AppError('cancelled');
    return grant;
  }

  #get(id: string): Running<T> {
    if (this.#running?.id !== id) throw new AppError('not-found');
    return this.#running;
  }

  #note(error: unknown): void {
    const { code, details } = error instanceof AppError ? error : new AppError('internal');
    this.#deps.log.warn('a sign-in by a code did not succeed', { code, reason: details.reason ?? null });
  }
}
