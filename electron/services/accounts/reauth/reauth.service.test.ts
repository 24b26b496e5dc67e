import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { ReauthState } from '../../../../shared/contract/account/reauth.ts';
import type { AccountReauth, ReauthWindow } from '../../provider/account-protection.ts';
import { createSequence } from '../../core/sequence.ts';
import { createManualClock, type ManualClock } from '../../testing/manual-clock.ts';
import { ReauthService } from './reauth.service.ts';

/** A provider's window, counted by the same clock; it can be out of reach. */
class Remote implements AccountReauth {
  closesAt = 0;
  isReachable = true;
  proofs: ReauthWindow['proofs'] = ['password'];
  sessionEndsAt: number | undefined;
  asked = 0;
  readonly #clock: ManualClock;
  constructor(clock: ManualClock) {
    this.#clock = clock;
  }
  async #answer(): Promise<ReauthWindow> {
    if (!this.isReachable) throw new AppError('offline', { reason: 'connection-refused' });
    this.asked += 1;
    return {
      remaining: Math.max(0, this.closesAt - this.#clock.monotonic()),
      windowSeconds: 900,
      proofs: this.proofs,
      ...(this.sessionEndsAt !== undefined && { sessionLeft: this.sessionEndsAt - this.#clock.monotonic() }),
    };
  }
  reauthWindow = () => this.#answer();
  reauthenticate() {
    this.closesAt = this.#clock.monotonic() + 900_000;
    return this.#answer();
  }
  endReauth() {
    if (this.isReachable) this.closesAt = 0;
    return this.#answer();
  }
}

let clock: ManualClock;
let remote: Remote;
let reauth: ReauthService;
let emitted: ReauthState[];
beforeEach(() => {
  clock = createManualClock();
  remote = new Remote(clock);
  emitted = [];
  reauth = new ReauthService({
    signedIn: { request: (_id, act) => act(remote) },
    clock,
    sequence: createSequence(clock),
    emit: (_channel, state) => emitted.push(state),
  });
});

const accountInput = { accountId: 'a' };
const prove = () => reauth.handlers.prove({ ...accountInput, proof: { kind: 'password', password: 'right' } });
const required = expect.objectContaining({ code: 'reauth-required' }) as Error;
const ends = () => emitted.map(({ validUntil }) => validUntil);

describe('E12 ReauthService', () => {
  it('lets every act through where the service asks for no proof (R1)', async () => {
    remote.proofs = [];
    await reauth.require('a');
    expect(await reauth.handlers.status({ accountId: 'a' })).toMatchObject({ validUntil: null, proofs: [] });
  });

  it('R8 tells when the session ends by this computer’s clock, and once a proof makes it longer', async () => {
    const end = (state: ReauthState) => state.sessionEndsAt && Date.parse(state.sessionEndsAt) - clock.now();
    expect(end(await reauth.handlers.status(accountInput)), 'where nobody says').toBeNull();
    remote.sessionEndsAt = clock.monotonic() + 120_000;
    expect(end(await reauth.handlers.status(accountInput))).toBe(120_000);
    expect(emitted.map(end)).toEqual([null, 120_000]);
    await clock.advance(60_000);
    reauth.onRefused('a');
    remote.isReachable = false;
    expect(end(await reauth.handlers.status(accountInput)), 'as it was told before').toBe(60_000);
    remote.isReachable = true;
    remote.sessionEndsAt = clock.monotonic() + 900_000;
    expect(end(await prove())).toBe(900_000);
    expect(end(emitted.at(-1)!)).toBe(900_000);
  });

  it('asks the provider once, and lets an act through while the window is open', async () => {
    remote.closesAt = 60_000;
    await reauth.require('a');
    await reauth.require('a');
    expect(remote.asked).toBe(1);
    expect(ends()).toEqual(['2026-01-01T00:01:00.000Z']);
  });

  it('refuses an act while it is closed', async () => {
    await expect(reauth.require('a')).rejects.toThrow(required);
    await prove();
    await reauth.require('a');
    await reauth.handlers.end(accountInput);
    await expect(reauth.require('a')).rejects.toThrow(required);
  });

  it('closes by itself in time, and says so once', async () => {
    await prove();
    await clock.advance(899_999);
    await reauth.require('a');
    await clock.advance(1);
    await expect(reauth.require('a')).rejects.toThrow(required);
    await clock.advance(900_000);
    expect(ends()).toEqual(['2026-01-01T00:15:00.000Z', null]);
  });

  it('starts anew with each proof: the end of the first window closes nothing', async () => {
    await prove();
    await clock.advance(600_000);
    await prove();
    await clock.advance(600_000);
    await reauth.require('a');
    expect(ends()).toEqual(['2026-01-01T00:15:00.000Z', '2026-01-01T00:25:00.000Z']);
  });

  it('tells nothing new when the provider says the same again', async () => {
    await prove();
    await reauth.handlers.status(accountInput);
    remote.closesAt += 1_500;
    await reauth.reread('a');
    expect(emitted).toHaveLength(1);
    remote.closesAt -= 300_000;
    await reauth.reread('a');
    expect(emitted).toHaveLength(2);
  });

  it('closes when the provider refuses an act although it seemed open', async () => {
    await prove();
    reauth.onRefused('a');
    expect(ends().at(-1)).toBeNull();
    await expect(reauth.require('a')).rejects.toThrow(required);
    reauth.onRefused('never asked');
    expect(emitted).toHaveLength(2);
  });

  it('stays ended when the provider could not be told, and tells it at the next chance', async () => {
    await prove();
    remote.isReachable = false;
    expect((await reauth.handlers.end(accountInput)).validUntil).toBeNull();
    expect((await reauth.handlers.status(accountInput)).validUntil).toBeNull();
    remote.isReachable = true;
    expect(remote.closesAt).toBeGreaterThan(0);
    expect((await reauth.handlers.status(accountInput)).validUntil).toBeNull();
    expect(remote.closesAt).toBe(0);
  });

  it('gives what it knows without a network, and the cause where it knows nothing', async () => {
    remote.isReachable = false;
    const offline = expect.objectContaining({ code: 'offline' }) as Error;
    await expect(reauth.handlers.status(accountInput)).rejects.toThrow(offline);
    await expect(reauth.require('a')).rejects.toThrow(offline);
    remote.isReachable = true;
    await prove();
    remote.isReachable = false;
    expect((await reauth.handlers.status(accountInput)).validUntil).toBe('2026-01-01T00:15:00.000Z');
  });

  it('forgets all of a session that is over, and of that one only', async () => {
    await prove();
    await reauth.handlers.prove({ accountId: 'b', proof: { kind: 'password', password: 'right' } });
    reauth.clear('a');
    expect(emitted.at(-1)).toMatchObject({ accountId: 'a', validUntil: null });
    remote.closesAt = 0;
    await expect(reauth.require('a')).rejects.toThrow(required);
    await reauth.require('b');
  });

  it('keeps nothing running after the end', async () => {
    await prove();
    reauth.stop();
    await clock.advance(1_000_000);
    expect(emitted).toHaveLength(1);
  });
});
