import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Form } from './actions/action.ts';
import { oauthError, sendPlainJson } from './answers.ts';
import { findClient, grantScope, requireClient } from './clients.ts';
import type { RealmState } from './realm-state.ts';
import type { Grant } from './tokens.ts';

interface DeviceCode {
  readonly clientId: string;
  readonly scope: string;
  readonly userCode: string;
  /** Milliseconds: asked too soon after it, a program is told to slow down. */
  askedAt: number;
  grant?: Grant;
}

const interval = 5;
const refusal =
  'Client is not allowed to initiate OAuth 2.0 Device Authorization Grant. The flow is disabled for the client.';

/** RFC 8628. A test plays the person at the other screen: `allow`. */
export class DeviceCodes {
  readonly #realm: RealmState;
  readonly #codes = new Map<string, DeviceCode>();

  constructor(realm: RealmState) {
    this.#realm = realm;
  }

  begin(clientId: string, scope: string, issuer: string) {
    const userCode = `${makeLetters()}-${makeLetters()}`;
    const deviceCode = randomBytes(32).toString('base64url');
    this.#codes.set(deviceCode, { clientId, scope: grantScope(scope) ?? '', userCode, askedAt: 0 });
    const page = `${issuer}/device`;
    return {
      device_code: deviceCode,
      user_code: userCode,
      verification_uri: page,
      verification_uri_complete: `${page}?user_code=${userCode}`,
      ...{ expires_in: 600, interval },
    };
  }

  /** As `username`, at another screen. */
  allow(userCode: string, username: string): void {
    const code = [...this.#codes.values()].find((each) => each.userCode === userCode);
    const person = this.#realm.find(username);
    if (!code || !person) throw new Error(`nobody asked with ${userCode}, or nobody is called ${username}`);
    const session = this.#realm.openSession(person, 'another screen', '127.0.0.1');
    code.grant = { session, clientId: code.clientId, scope: code.scope, nonce: undefined };
  }

  trade(deviceCode: string | undefined, clientId: string): Grant {
    const code = this.#codes.get(deviceCode ?? '');
    if (code?.clientId !== clientId) throw oauthError('invalid_grant', 'Device code not valid');
    const isTooSoon = Date.now() - code.askedAt < interval * 1_000;
    code.askedAt = Date.now();
    if (isTooSoon) throw oauthError('slow_down', 'Slow down');
    if (!code.grant) throw oauthError('authorization_pending', 'The authorization request is still pending');
    this.#codes.delete(deviceCode ?? '');
    return code.grant;
  }
}

export function addDeviceEndpoint(server: FastifyInstance, issuer: string, path: string, devices: DeviceCodes): void {
  server.post(`${path}/auth/device`, (request, reply) => {
    const form = request.body as Form;
    const clientId = requireClient(form);
    if (!findClient(clientId)?.hasDevices) throw oauthError('unauthorized_client', refusal);
    return sendPlainJson(reply, 200, devices.begin(clientId, form['scope'] ?? '', issuer));
  });
}

function makeLetters(): string {
  return Array.from(randomBytes(4), (byte) => String.fromCharCode(65 + (byte % 26))).join('');
}
