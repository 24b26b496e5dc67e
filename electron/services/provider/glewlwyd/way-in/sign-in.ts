import * as z from 'zod';
import { AppError } from '../../../../../shared/contract/errors.ts';
import type { Clock } from '../../../ports.ts';
import type { PasswordWay, SignInStep } from '../../provider.ts';
import { createBareSource, type Tokens } from '../../tokens.ts';
import { asCookie, takeCookie } from './cookie.ts';
import { readPerson, type RemotePerson } from '../person/person.ts';
import { postProof, toCodeProof, toPasswordProof } from '../proofs/proofs.ts';
import type { Senders } from '../senders.ts';
import type { Server } from './server.ts';
import { readSessionEnd } from '../sessions.ts';

interface Begun {
  readonly cookie: string;
  readonly senders: Senders;
  readonly person: RemotePerson;
}

/** What a sign-in needs until the code comes; it stays in this process. */
const challengeSchema = z.strictObject({ cookie: z.string(), username: z.string(), authenticator: z.string() });

/** Where the list of sessions does not say: the server's own default, 40,320 seconds. */
const usualLifetimeMs = 40_320_000;
/** Seconds for which a code can be given. */
const challengeSeconds = 600;

export function createGlewlwydSignIn(serverAt: (address: string) => Server, clock: Pick<Clock, 'now'>): PasswordWay {
  return {
    async signIn(address, { identifier, password }) {
      const server = serverAt(address);
      const first = await begin(server, identifier, password);
      const { username } = first.person;
      if (username === identifier) return proceed(server, clock, first);
      // A session is kept under the name as it was typed, and its owner does not find it by the other spelling.
      await signOut(first.senders);
      return proceed(server, clock, await begin(server, username, password));
    },
    async submitCode(address, challenge, code) {
      const { cookie, username, authenticator } = challengeSchema.parse(JSON.parse(challenge));
      const server = serverAt(address);
      await postProof(server.http, await server.api(), toCodeProof(username, authenticator, code), asCookie(cookie));
      return { next: 'done', tokens: await toTokens(server, clock, cookie) };
    },
    // Before a sign-in nobody is told whether there is a plug-in for it.
    requestPasswordReset: () => Promise.reject(new AppError('not-offered')),
  };
}

async function begin(server: Server, username: string, password: string): Promise<Begun> {
  const cookie = takeCookie(await postProof(server.http, await server.api(), toPasswordProof(username, password)));
  const senders = server.sendersFor(createBareSource(toToken(cookie, 0)));
  return { cookie, senders, person: await readPerson(senders.session) };
}

/** A code is asked for where nothing could be done without one. */
async function proceed(server: Server, clock: Pick<Clock, 'now'>, begun: Begun): Promise<SignInStep> {
  const { cookie, senders, person } = begun;
  const { missingCode } = await senders.readScope();
  if (!missingCode) return { next: 'done', tokens: await toTokens(server, clock, cookie) };
  const challenge = { cookie, username: person.username, authenticator: missingCode.name };
  return { next: 'code', challenge: JSON.stringify(challenge), expiresIn: challengeSeconds };
}

async function toTokens(server: Server, clock: Pick<Clock, 'now'>, cookie: string): Promise<Tokens> {
  const { profile } = server.sendersFor(createBareSource(toToken(cookie, 0)));
  const deps = { send: profile, cookie: () => Promise.resolve(cookie), serverNow: () => server.now() };
  // Whoever may not see the list has a session all the same. What the cookie says of its end is not the session's.
  const end = await readSessionEnd(deps).catch((error: unknown) => {
    if (error instanceof AppError && ['forbidden', 'reauth-required'].includes(error.code)) return undefined;
    throw error;
  });
  const left = end === undefined ? usualLifetimeMs : end - (await server.now());
  return toToken(cookie, clock.now() + left);
}

export function toToken(cookie: string, expiresAt: number): Tokens {
  return { kind: 'session', token: cookie, expiresAt };
}

export async function signOut({ session }: Pick<Senders, 'session'>): Promise<void> {
  await session({ method: 'DELETE', path: '/auth/', schema: z.unknown() });
}
