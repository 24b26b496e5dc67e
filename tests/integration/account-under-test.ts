import type { Ports } from '../../electron/services/ports.ts';
import type { IdentityProvider } from '../../server/features/identities/identities.schemas.ts';
import type { Preset } from '../../server/presets/preset.ts';
import { hasOathtool, oathtool } from '../support/oathtool.ts';
import { startTestServer, type TestServer } from '../../server/testing/test-server.ts';
import type { Enrolment } from '../../shared/contract/account/mfa.ts';
import { serveLossyProxy, type LossyProxy } from '../faults/lossy-proxy.ts';
import { makeTempFolder } from '../support/temp-folder.ts';
import { openApp, type AppUnderTest } from './services-under-test.ts';

export { hasOathtool };

/** The demo account of a real server, signed in through the app's own services. */
export interface AccountUnderTest extends AsyncDisposable {
  /** Its clock stands at a time months away from this computer's. */
  readonly server: TestServer;
  /** On the way from the app to the server. */
  readonly network: LossyProxy;
  readonly app: AppUnderTest;
  readonly accountId: string;
  /** Where the app keeps its files. */
  readonly dataFolder: string;
  /** Payloads of an event so far. */
  heard<T>(channel: string): readonly T[];
  /** The code of oathtool for a Base32 secret, `seconds` from the server's now. */
  code(secret: string, seconds?: number): string;
  /** Turns MFA on as a person does. */
  enrol(name?: string): Promise<{ secret: string; recoveryCodes: readonly string[] }>;
  prove(): Promise<void>;
  /** Opens one more window: another run of the app, signed in to the same account. */
  openAnother(): Promise<{ app: AppUnderTest; accountId: string }>;
}

export async function openAccount(
  preset?: Preset,
  ports: Partial<Ports> = {},
  identityProviders: readonly IdentityProvider[] = [],
): Promise<AccountUnderTest> {
  const publicAddresses: string[] = [];
  const server = await startTestServer(preset, undefined, identityProviders, publicAddresses);
  const network = await serveLossyProxy(server.address);
  publicAddresses.push(network.address);
  const folder = makeTempFolder();
  const apps: AppUnderTest[] = [];

  async function open() {
    const app = await openApp(`${folder.path}/${String(apps.length)}`, ports);
    apps.push(app);
    const { identifier, password } = server;
    const result = await app.calls.auth.signIn({
      target: { kind: 'address', address: network.address },
      identifier,
      password,
    });
    if (result.next !== 'done') throw new Error('a code was asked for');
    const { accountId } = result;
    // As the screen does at once; an account that has to turn MFA on first cannot.
    await app.calls.profile.get({ accountId, from: 'provider' }).catch(() => undefined);
    return { app, accountId };
  }

  const { app, accountId } = await open();
  const code = (secret: string, seconds = 0) =>
    oathtool(secret, '--totp', `--now=@${String(server.now() / 1_000 + seconds)}`);
  return {
    server,
    network,
    app,
    accountId,
    dataFolder: folder.path,
    openAnother: open,
    heard: <T>(channel: string) =>
      app.events.filter((event) => event.channel === channel).map((event) => event.payload as T),
    code,
    async enrol(name = 'Phone') {
      const { enrolment, otp }: Enrolment = await app.calls.mfa.beginEnrolment({ accountId });
      const { recoveryCodes } = await app.calls.mfa.confirmEnrolment({ enrolment, code: code(otp.secret), name });
      return { secret: otp.secret, recoveryCodes: recoveryCodes?.codes.map((each) => each.code) ?? [] };
    },
    async prove() {
      await app.calls.reauth.prove({ accountId, proof: { kind: 'password', password: server.password } });
    },
    async [Symbol.asyncDispose]() {
      const internal = apps.flatMap((each) => each.internal);
      await Promise.all(apps.map((each) => each.close()));
      await network.close();
      await server.close();
      folder[Symbol.dispose]();
      if (internal.length > 0) throw new AggregateError(internal, 'the services failed inside');
    },
  };
}
