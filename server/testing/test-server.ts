import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type ProfileServer } from '../create-server.ts';
import type { IdentityProvider } from '../features/identities/identities.schemas.ts';
import type { SignedIn, SignInAnswer } from '../features/auth/auth.schemas.ts';
import type { Preset } from '../presets/preset.ts';
import { defaultPreset } from '../presets/presets.ts';
import { createArgon2id, type PasswordHasher } from '../security/passwords.ts';

interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface TestServer {
  readonly server: ProfileServer;
  readonly address: string;
  readonly dataFolder: string;
  readonly identifier: string;
  readonly password: string;
  /** Moves the server's clock. */
  pass(seconds: number): void;
  /** Milliseconds since the epoch, by the server's clock. */
  now(): number;
  /** A real request; a body that is no text goes as JSON. */
  request<Body = Record<string, unknown>>(
    method: string,
    path: string,
    options?: RequestOptions,
  ): Promise<Answer<Body>>;
  trySignIn(password: string, identifier?: string): Promise<Answer<SignInAnswer & { code?: string }>>;
  signIn(): Promise<SignedIn>;
  close(): Promise<void>;
}

export interface RequestOptions {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface TestServerOptions {
  readonly maxSessions?: number;
  readonly passwords?: PasswordHasher;
}

/** The real algorithm, for next to nothing: a test that is about its work or its time takes `argon2id`. */
const cheap = createArgon2id({ memoryCost: 64, timeCost: 1, parallelism: 1 });

/**
 * The real server on a free port over a folder of its own, at a time that only moves by hand. `publicAddresses` may be
 * added to later: a proxy in front of it has its own only then.
 */
export async function startTestServer(
  preset: Preset = defaultPreset,
  requestsPerMinute = 100_000,
  identityProviders: readonly IdentityProvider[] = [],
  publicAddresses: readonly string[] = [],
  { maxSessions, passwords = cheap }: TestServerOptions = {},
): Promise<TestServer> {
  let now = Date.UTC(2026, 0, 15, 12);
  const dataFolder = mkdtempSync(join(tmpdir(), 'profile-server-'));
  const server = await createServer({
    dataFolder,
    preset,
    clock: { now: () => now },
    requestsPerMinute,
    isDevelopment: true,
    identityProviders,
    publicAddresses,
    ...(maxSessions !== undefined && { maxSessions }),
    // Nobody waits a second for each mail of a test.
    resetInterval: 5,
    passwords,
    // Vitest keeps what the console is told, and shows it where the test fails.
    report: (reference, cause) => {
      console.error(reference, cause);
    },
  });
  const { identifier, password } = await server.ensureDemoAccount({ resetPassword: false });
  const address = await server.listen(0);
  const request = requester(address);
  const trySignIn: TestServer['trySignIn'] = (typed, who = identifier) =>
    request('POST', '/auth/sign-in', { body: { identifier: who, password: typed } });
  return {
    server,
    address,
    dataFolder,
    identifier,
    password: password ?? '',
    pass: (seconds) => void (now += seconds * 1000),
    now: () => now,
    request,
    trySignIn,
    async signIn() {
      const { body } = await trySignIn(password ?? '');
      if (body.status !== 'signed-in') throw new Error(`not signed in: ${JSON.stringify(body)}`);
      return body;
    },
    async close() {
      await server.close();
      rmSync(dataFolder, { recursive: true });
    },
  };
}

function requester(address: string): TestServer['request'] {
  return async <Body>(method: string, path: string, { token, headers, body }: RequestOptions = {}) => {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const response = await fetch(new URL(path, address), {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': type }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? undefined : JSON.parse(text)) as Body,
    };
  };
}
