import { randomBytes } from 'node:crypto';
import type { StoredClient } from '../clients.ts';
import type { StoredPerson, StoredSession } from '../realm-state.ts';

/** A browser on its way from an authorization address back to the program. */
export interface Pending {
  readonly tab: string;
  readonly client: StoredClient;
  readonly redirectUri: string;
  readonly scope: string;
  readonly state: string | undefined;
  readonly nonce: string | undefined;
  readonly challenge: string;
  readonly hint: string | undefined;
  /** `kc_action`, before and behind its colon. */
  readonly action: string | undefined;
  readonly parameter: string;
  /** Who typed the right password, and has a second step before them. */
  person?: StoredPerson;
  /** Whose session it is; with `isSigningInAgain` the same person has to prove it once more. */
  session?: StoredSession;
  isSigningInAgain?: boolean;
  hasConsented?: boolean;
}

/** What a code stands for, until it is traded. */
export interface CodeRecord {
  readonly pending: Pending;
  readonly session: StoredSession;
  isUsed: boolean;
}

/** Everything that is on its way. */
export class PendingStore {
  readonly #tabs = new Map<string, Pending>();
  readonly #codes = new Map<string, CodeRecord>();

  add(pending: Omit<Pending, 'tab'>): Pending {
    const added = { ...pending, tab: randomBytes(8).toString('base64url') };
    this.#tabs.set(added.tab, added);
    return added;
  }

  get(tab: string | undefined): Pending | undefined {
    return tab === undefined ? undefined : this.#tabs.get(tab);
  }

  /** The program gets it by way of the browser. */
  makeCode(pending: Pending, session: StoredSession): string {
    this.#tabs.delete(pending.tab);
    const code = randomBytes(24).toString('base64url');
    this.#codes.set(code, { pending, session, isUsed: false });
    return code;
  }

  findCode(code: string | undefined): CodeRecord | undefined {
    return code === undefined ? undefined : this.#codes.get(code);
  }
}
