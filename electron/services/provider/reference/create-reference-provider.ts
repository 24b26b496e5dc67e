import * as z from 'zod';
import type { ErrorShape } from '../../../../shared/contract/error-shape.ts';
import { createHttpClient, type HttpClient } from '../../http/http-client.ts';
import type { Refusal } from '../../http/refusal.ts';
import { describeClient } from '../../http/user-agent.ts';
import type { Clock, HttpTransport } from '../../ports.ts';
import type { Description, IdentityWay, PasswordWay, Provider, SignInStep } from '../provider.ts';
import type { RefreshingTokens } from '../tokens.ts';
import { createReferenceAccount } from './account.ts';
import { remoteSignInSchema, remoteTokensSchema, type RemoteSignIn, type RemoteTokens } from './auth.ts';
import { bindNonce, remoteNonceSchema } from './linked-accounts.ts';
import { remoteMetaSchema } from './meta.ts';
import { explainProblem } from './problem.ts';

interface ReferenceProviderOptions {
  readonly clock: Clock;
  /** Of this app. */
  readonly version: string;
  readonly transport?: HttpTransport;
}

/**
 * Every profile service has its meta: one that does not know of it has an address of which this is a part, or is none.
 */
function explainOfMeta(refusal: Refusal): ErrorShape | undefined {
  const shape = explainProblem(refusal);
  return shape?.code === 'not-found' ? { code: 'untrusted-answer', reason: 'not-a-profile-service' } : shape;
}

/** A service without this route does not offer what it is for. */
function explainOfOffer(refusal: Refusal): ErrorShape | undefined {
  const shape = explainProblem(refusal);
  return shape?.code === 'not-found' ? { code: 'not-offered' } : shape;
}

async function describeService(http: HttpClient, address: string): Promise<Description> {
  const url = `${address}/meta`;
  const { body } = await http.send({ method: 'GET', url, schema: remoteMetaSchema, explain: explainOfMeta });
  const { name, identityProviders = [] } = body;
  return { address, name, version: null, ways: ['password'], identityProviders };
}

/** Our own profile API, as `server/` implements it. */
export function createReferenceProvider({
  clock,
  version,
  transport = {},
}: ReferenceProviderOptions): Provider & PasswordWay & IdentityWay {
  const http = createHttpClient({ clock, userAgent: describeClient(version), transport });

  async function post<S extends z.ZodType>(
    url: string,
    body: object,
    schema: S,
    headers: Record<string, string> = {},
  ): Promise<z.infer<S>> {
    return (await http.send({ method: 'POST', url, headers, body, schema, explain: explainProblem })).body;
  }

  function toTokens({
    accessToken: access,
    refreshToken: refresh,
    expiresIn,
    deviceToken,
  }: RemoteTokens): RefreshingTokens {
    return { kind: 'refreshing', access, refresh, expiresAt: clock.now() + expiresIn * 1_000, deviceToken };
  }

  function toStep(answer: RemoteSignIn): SignInStep {
    if (answer.status === 'signed-in') return { next: 'done', tokens: toTokens(answer) };
    return { next: 'code', challenge: answer.challenge, expiresIn: answer.expiresIn };
  }

  return {
    kind: 'reference',
    describesApi: true,
    describe: (address) => describeService(http, address),
    async signIn(address, { identifier, password, deviceToken }) {
      // An older service takes no field that it does not know.
      const body = { identifier, password, ...(deviceToken !== undefined && { deviceToken }) };
      return toStep(await post(`${address}/auth/sign-in`, body, remoteSignInSchema));
    },
    async submitCode(address, challenge, code) {
      return toStep(await post(`${address}/auth/sign-in/code`, { challenge, code }, remoteSignInSchema));
    },
    async requestPasswordReset(address, identifier) {
      const url = `${address}/auth/password-reset`;
      await http.send({ method: 'POST', url, body: { identifier }, schema: z.unknown(), explain: explainOfOffer });
    },
    async identityNonce(address, issuer) {
      return bindNonce(
        (await post(`${address}/auth/sign-in-identity/nonce`, { issuer }, remoteNonceSchema)).nonce,
        address,
      );
    },
    async signInWithIdentity(address, issuer, idToken) {
      return toStep(await post(`${address}/auth/sign-in-identity`, { issuer, idToken }, remoteSignInSchema));
    },
    async refresh(address, refreshToken, attempt) {
      return toTokens(
        await post(`${address}/auth/refresh`, { refreshToken }, remoteTokensSchema, { 'Idempotency-Key': attempt }),
      );
    },
    open: (address, tokens) => createReferenceAccount(http, address, tokens),
  };
}
