import type { Operation } from '../../../shared/contract/account/operations.ts';

/** What an account cannot do here, and a page of its service can (R1). */
export interface AccountHandOff {
  /**
   * `of`: which one, where there are several. Errors: not-offered, of an operation that is not handed off; not-found,
   * of one that is missing or not there.
   */
  handOff(operation: Operation, of?: string): Promise<HandOff>;
}

export interface HandOff {
  /** What the page is there to change, as the service tells it now: compared before and after, as JSON. */
  read(): Promise<unknown>;
  /** The change may count only once a link of a mail was opened, from where nobody is sent back. */
  readonly mayWaitForMail?: true;
  /** What `read` gives is never another for it: the service tells no program of this. */
  readonly isUntold?: true;
  readonly page: StayingPage | ReturningPage;
}

/** The browser stays there: the person says when they are done. */
interface StayingPage {
  readonly comesBack: false;
  readonly address: URL;
}

/** The browser is sent back to an address of this computer, with `state` as it was given. */
export interface ReturningPage {
  readonly comesBack: true;
  addressFor(back: { readonly redirectUri: string; readonly state: string }): Promise<URL>;
  /** What the address that came back claims; looked up before anybody is told. */
  claimOf(redirect: URL): HandOffClaim | Promise<HandOffClaim>;
}

/** `another-person`: somebody else was signed in in the browser, and the page was theirs. */
export type HandOffClaim = 'done' | 'cancelled' | 'not-shown' | 'unknown' | 'another-person';
