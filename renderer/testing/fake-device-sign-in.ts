import type { DeviceAttempt, SignInResult } from '../../shared/contract/account/auth.ts';
import type { ErrorShape } from '../../shared/contract/error-shape.ts';
import { AppError } from '../../shared/contract/errors.ts';
import type { AppContract } from '../../shared/contract/index.ts';
import type { Handlers } from '../../shared/rpc/define.ts';
import type { FakeFrame } from './fake-security.ts';

type DeviceFrame = Pick<FakeFrame, 'answer'> & {
  signIn(): SignInResult;
  emit(channel: 'auth.deviceSignInWaits', payload: { attempt: string; cause: ErrorShape | null }): void;
};

type DeviceCall = 'beginDeviceSignIn' | 'openDevicePage' | 'finishDeviceSignIn' | 'cancelDeviceSignIn';

/** A sign-in by a code as the screens see it; it ends when the test says so, or is cancelled. */
export class FakeDeviceSignIn {
  userCode = 'WDJB-MJHT';
  readonly page = 'https://git.example.org/login/device';
  lifetimeMs = 900_000;
  /** Where no browser opens. */
  hasBrowser = true;
  #end: (error: AppError | undefined) => void = () => undefined;
  #ended: Promise<AppError | undefined> = Promise.resolve(undefined);
  #attempts = 0;
  readonly #frame: DeviceFrame;

  constructor(frame: DeviceFrame) {
    this.#frame = frame;
  }

  /** The code was typed, or `error` says why it will not be. */
  settle(error?: AppError): void {
    this.#end(error);
  }

  /** Why the service cannot be asked just now; null once it can be again. */
  tellTrouble(cause: ErrorShape | null): void {
    this.#frame.emit('auth.deviceSignInWaits', { attempt: `d${String(this.#attempts)}`, cause });
  }

  readonly handlers: Pick<Handlers<Pick<AppContract, 'auth'>>['auth'], DeviceCall> = {
    beginDeviceSignIn: (input) => this.#frame.answer('auth.beginDeviceSignIn', input, () => this.#begin()),
    openDevicePage: (input) =>
      this.#frame.answer('auth.openDevicePage', input, () => ({ address: this.hasBrowser ? null : this.page })),
    finishDeviceSignIn: async (input) => {
      const error = await this.#ended;
      if (error) throw error;
      return this.#frame.answer('auth.finishDeviceSignIn', input, () => this.#frame.signIn());
    },
    cancelDeviceSignIn: (input) =>
      this.#frame.answer('auth.cancelDeviceSignIn', input, () => {
        this.#end(new AppError('cancelled'));
        return {};
      }),
  };

  #begin(): DeviceAttempt {
    this.#ended = new Promise((resolve) => (this.#end = resolve));
    this.#attempts += 1;
    const expiresAt = new Date(Date.now() + this.lifetimeMs).toISOString();
    return { attempt: `d${String(this.#attempts)}`, userCode: this.userCode, page: this.page, expiresAt };
  }
}
