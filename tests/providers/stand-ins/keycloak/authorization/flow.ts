import { actions } from '../actions/index.ts';
import type { Action, ActionContext, ActionResult, Form } from '../actions/action.ts';
import { page, sorry } from '../pages/html.ts';
import { consentPage, signInPage } from '../pages/sign-in.ts';
import { seconds, type RealmState, type StoredSession } from '../realm-state.ts';
import type { Pending, PendingStore } from './pending.ts';
import { makeReturn, readRequest, type Query } from './request.ts';

/** A page, or where the browser is sent. */
export type Step = { readonly status: number; readonly html: string } | { readonly location: string };

/** Seconds that a sign-in is fresh enough for an action; deleting the account always asks again. */
const freshFor = 300;

/** Nobody gets past it, nor back from it, but by the link of a mail. */
const verifyFirst = page('Email verification', '<p>You need to verify your email address.</p>');

/** From the authorization address to the way back: sign-in, consent, action, code. */
export class AuthorizationFlow {
  readonly #realm: RealmState;
  readonly #store: PendingStore;
  readonly #issuer: string;

  constructor(realm: RealmState, store: PendingStore, issuer: string) {
    this.#realm = realm;
    this.#store = store;
    this.#issuer = issuer;
  }

  begin(query: Query, session: StoredSession | undefined): Step {
    const request = readRequest(query);
    if (request.kind === 'sorry') return { status: 400, html: sorry(request.message) };
    const goBack = (error: Readonly<Record<string, string>>) => ({
      location: makeReturn(query['redirect_uri'] ?? '', { ...error, state: query['state'], iss: this.#issuer }),
    });
    if (request.kind === 'back') return goBack(request.error);
    const pending = this.#store.add(request.pending);
    const mustSignIn = !session || asksAgain(query, session);
    if (query['prompt'] === 'none' && mustSignIn) return goBack({ error: 'login_required' });
    if (query['prompt'] === 'none' && (pending.action || this.#asksConsent(pending, session)))
      return goBack({ error: 'interaction_required' });
    if (session) pending.session = session;
    if (!mustSignIn) return this.proceed(pending);
    pending.isSigningInAgain = session !== undefined;
    return { status: 200, html: this.showSignIn(pending) };
  }

  showSignIn(pending: Pending, message?: string): string {
    const action = addressOf('authenticate', pending, this.#issuer);
    const person = pending.session && this.#realm.byId(pending.session.personId);
    if (!pending.isSigningInAgain || !person) return signInPage({ action, name: pending.hint, message });
    const question = message ?? 'Please re-authenticate to continue';
    return signInPage({ action, name: person.username, isFixed: true, message: question });
  }

  /** Whoever is signed in goes on to what is still to be done. */
  proceed(pending: Pending): Step {
    const session = pending.session!;
    const person = this.#realm.byId(session.personId)!;
    if (this.#asksConsent(pending, session)) {
      const { name, clientId } = pending.client;
      const html = consentPage(addressOf('consent', pending, this.#issuer), name ?? clientId, person);
      return { status: 200, html };
    }
    if (this.#realm.switches.verifiesEmail && !person.emailVerified) return { status: 200, html: verifyFirst };
    if (pending.action === undefined) return this.#comeBack(pending, {});
    const context = this.#contextOf(pending);
    const action = actions[pending.action];
    return action?.isOffered(context)
      ? { status: 200, html: action.show(context) }
      : this.#comeBack(pending, { kc_action_status: 'error' });
  }

  consent(pending: Pending, form: Form): Step {
    const { redirectUri, state } = pending;
    if (form['accept'] === undefined)
      return { location: makeReturn(redirectUri, { error: 'access_denied', state, iss: this.#issuer }) };
    const person = this.#realm.byId(pending.session!.personId)!;
    const now = Date.now();
    person.consents.set(pending.client.clientId, { createdDate: now, lastUpdatedDate: now });
    return this.proceed(pending);
  }

  act(pending: Pending, form: Form): Step {
    const { action: name = '' } = pending;
    if (form['cancel-aia'] !== undefined)
      return this.#comeBack(pending, { kc_action: name, kc_action_status: 'cancelled' });
    const action: Action | undefined = actions[name];
    if (!action) return { status: 400, html: sorry('Page has expired') };
    return this.#after(pending, action.submit(this.#contextOf(pending), form));
  }

  #after(pending: Pending, result: ActionResult): Step {
    if (result.kind === 'success')
      return this.#comeBack(pending, { kc_action: pending.action!, kc_action_status: 'success' });
    return { status: result.kind === 'end' ? result.status : 200, html: result.html };
  }

  #contextOf(pending: Pending): ActionContext {
    const session = pending.session!;
    const person = this.#realm.byId(session.personId)!;
    const address = addressOf('required-action', pending, this.#issuer);
    return { realm: this.#realm, person, session, parameter: pending.parameter, address };
  }

  #asksConsent({ client }: Pending, session: StoredSession | undefined): boolean {
    const person = session && this.#realm.byId(session.personId);
    return client.asksConsent === true && !person?.consents.has(client.clientId);
  }

  #comeBack(pending: Pending, outcome: Readonly<Record<string, string>>): Step {
    const session = pending.session!;
    const code = this.#store.makeCode(pending, session);
    const { redirectUri, state } = pending;
    const carried = { state, session_state: session.id, iss: this.#issuer, ...outcome, code };
    return { location: makeReturn(redirectUri, carried) };
  }
}

export function addressOf(step: string, { tab }: Pending, issuer: string): string {
  return `${issuer}/login-actions/${step}?tab_id=${tab}`;
}

function asksAgain(query: Query, { authTime }: StoredSession): boolean {
  const age = seconds() - authTime;
  const { prompt, max_age: longest, kc_action: action } = query;
  if (prompt === 'login' || (longest !== undefined && age > Number(longest))) return true;
  return action === 'delete_account' ? age > 0 : action !== undefined && age > freshFor;
}
