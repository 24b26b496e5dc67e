import * as z from 'zod';
import { AppError } from '../../../../../shared/contract/errors.ts';
import { readPerson } from '../person/person.ts';
import type { Senders } from '../senders.ts';
import type { Server } from '../way-in/server.ts';

/** Base32 with padding. */
const remoteSecretSchema = z.object({ secret: z.string().regex(/^[A-Z2-7]{16,200}=*$/) });

/** The secret comes along with every look; nothing but a comparison with it leaves this file. */
const remoteStateSchema = z.object({
  type: z.string().max(20),
  digits: z.number().optional(),
  secret: z.string().max(400).optional(),
});

export interface AuthenticatorsDeps {
  readonly senders: Senders;
  readonly server: Server;
}

/** The schemes of one-time codes, by name. Secrets are Base32 without padding. */
export interface Authenticators {
  /** Nothing is kept of it there yet. */
  makeSecret(name: string): Promise<string>;
  /** Replaces what was registered. Errors: not-offered, where its codes are none that an app here makes. */
  register(name: string, secret: string, period: number): Promise<true>;
  /** Whether it is registered with this secret. */
  has(name: string, secret: string): Promise<boolean>;
  remove(name: string): Promise<void>;
}

/** Digits of a code; the administrator may have chosen more, and that shows once one is registered. */
const digits = 6;

export function createAuthenticators({ senders }: AuthenticatorsDeps): Authenticators {
  async function ask<S extends z.ZodType>(
    method: 'POST' | 'PUT',
    scheme: string,
    value: object | undefined,
    schema: S,
  ): Promise<z.infer<S>> {
    const { username } = await readPerson(senders.session);
    const body = { username, scheme_type: 'otp', scheme_name: scheme, ...(value && { value }) };
    return (await senders.profile({ method, path: '/profile/scheme/register/', body, schema })).body;
  }

  const read = (name: string) => ask('PUT', name, undefined, remoteStateSchema);

  async function remove(name: string): Promise<void> {
    await ask('POST', name, { type: 'NONE' }, z.unknown());
  }

  return {
    remove,
    async makeSecret(name) {
      const { secret } = await ask('POST', name, { 'generate-secret': true }, remoteSecretSchema);
      return withoutPadding(secret);
    },
    async register(name, secret, period) {
      await ask('POST', name, { type: 'TOTP', secret, time_step_size: period }, z.unknown());
      if ((await read(name)).digits === digits) return true;
      await remove(name);
      throw new AppError('not-offered');
    },
    async has(name, secret) {
      const state = await read(name);
      return state.type === 'TOTP' && withoutPadding(state.secret ?? '') === secret;
    },
  };
}

function withoutPadding(secret: string): string {
  return secret.replace(/=+$/, '');
}
