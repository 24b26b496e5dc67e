import type { Form } from '../actions/action.ts';
import { otpPage, recoveryCodePage, waysPage } from '../pages/sign-in.ts';
import { seconds, type RealmState, type StoredCredential, type StoredPerson } from '../realm-state.ts';
import { isTotpCode } from '../totp.ts';
import { addressOf, type AuthorizationFlow, type Step } from './flow.ts';
import type { Pending } from './pending.ts';

export interface Browser {
  readonly userAgent: string;
  readonly ipAddress: string;
}

/** The steps of the sign-in: name and password, then what the person has as a second factor. */
export class Authentication {
  readonly #realm: RealmState;
  readonly #flow: AuthorizationFlow;
  readonly #issuer: string;

  constructor(realm: RealmState, flow: AuthorizationFlow, issuer: string) {
    this.#realm = realm;
    this.#flow = flow;
    this.#issuer = issuer;
  }

  submit(pending: Pending, form: Form, browser: Browser): Step {
    if (pending.person) return this.#secondStep(pending, pending.person, form, browser);
    const known = pending.isSigningInAgain ? this.#realm.byId(pending.session!.personId) : undefined;
    const person = known ?? this.#realm.find(form['username'] ?? '');
    const password = person?.credentials.find(({ type }) => type === 'password');
    if (!person || password?.secret !== form['password']) return this.#again(pending, 'Invalid username or password.');
    if (!person.enabled) return this.#again(pending, 'Account is disabled, contact your administrator.');
    pending.person = person;
    const [second] = listWays(person);
    return second ? { status: 200, html: this.#show(pending, second) } : this.#enter(pending, person, browser);
  }

  #secondStep(pending: Pending, person: StoredPerson, form: Form, browser: Browser): Step {
    const action = addressOf('authenticate', pending, this.#issuer);
    if (form['tryAnotherWay'] !== undefined)
      return {
        status: 200,
        html: waysPage(
          action,
          listWays(person).map(({ type }) => type),
        ),
      };
    const chosen = listWays(person).find(({ type }) => type === form['authenticationExecution']);
    if (chosen) return { status: 200, html: this.#show(pending, chosen) };
    const [way, ok] =
      form['recoveryCodeInput'] === undefined
        ? (['otp', hasTotpCode(person, form['otp'] ?? '')] as const)
        : (['recovery-authn-codes', spendRecoveryCode(person, form['recoveryCodeInput'])] as const);
    if (ok) return this.#enter(pending, person, browser);
    const credential = person.credentials.find(({ type }) => type === way)!;
    const message = way === 'otp' ? 'Invalid authenticator code.' : 'Invalid recovery authentication code';
    return { status: 200, html: this.#show(pending, credential, message) };
  }

  #show(pending: Pending, { type, secret }: StoredCredential, message?: string): string {
    const action = addressOf('authenticate', pending, this.#issuer);
    return type === 'otp' ? otpPage(action, message) : recoveryCodePage(action, 13 - secret.split(',').length, message);
  }

  #again(pending: Pending, message: string): Step {
    return { status: 200, html: this.#flow.showSignIn(pending, message) };
  }

  #enter(pending: Pending, person: StoredPerson, { userAgent, ipAddress }: Browser): Step {
    if (pending.isSigningInAgain) pending.session!.authTime = seconds();
    else pending.session = this.#realm.openSession(person, userAgent, ipAddress);
    return this.#flow.proceed(pending);
  }
}

function listWays({ credentials }: StoredPerson): StoredCredential[] {
  return ['otp', 'recovery-authn-codes'].flatMap((type) => credentials.find((each) => each.type === type) ?? []);
}

function hasTotpCode({ credentials }: StoredPerson, code: string): boolean {
  return credentials.some(({ type, secret }) => type === 'otp' && isTotpCode(secret, code));
}

/** They go in order: only the first one left is taken. */
function spendRecoveryCode({ credentials }: StoredPerson, code: string): boolean {
  const set = credentials.find(({ type }) => type === 'recovery-authn-codes');
  const [next, ...rest] = set?.secret.split(',') ?? [];
  if (!set || next !== code) return false;
  set.secret = rest.join(',');
  return true;
}
