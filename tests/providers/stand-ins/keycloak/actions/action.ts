import type { RealmState, StoredPerson, StoredSession } from '../realm-state.ts';

// An application-initiated action: what `kc_action` asks for. Each has a page and says what a submitted form did.

export type Form = Readonly<Record<string, string>>;

export interface ActionContext {
  readonly realm: RealmState;
  readonly person: StoredPerson;
  readonly session: StoredSession;
  /** Behind the colon of `kc_action`. */
  readonly parameter: string;
  /** Where its forms go. */
  readonly address: string;
}

/** `page` shows one (again), `success` goes back to the program, `end` is a page that nobody comes back from. */
export type ActionResult =
  | { readonly kind: 'success' }
  | { readonly kind: 'page'; readonly html: string }
  | { readonly kind: 'end'; readonly status: number; readonly html: string };

export interface Action {
  /** Whether the realm has it on and the person and the parameter fit; else the browser is sent back at once. */
  isOffered(context: ActionContext): boolean;
  show(context: ActionContext): string;
  submit(context: ActionContext, form: Form): ActionResult;
}

export const success: ActionResult = { kind: 'success' };

export function endOtherSessions({ realm, person, session }: ActionContext, form: Form): void {
  if (form['logout-sessions'] === undefined) return;
  realm.sessions = realm.sessions.filter((each) => each === session || each.personId !== person.id);
}

/** A label that another credential of the same kind has. */
export const labelTaken = 'Device already exists with the same name';
