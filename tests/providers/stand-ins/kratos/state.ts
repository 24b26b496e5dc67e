import { randomBytes, randomInt, randomUUID } from 'node:crypto';

// What the stand-in of Kratos knows. Passwords in the clear: nobody's are.

export interface Identity {
  readonly id: string;
  traits: Readonly<Record<string, unknown>>;
  state: 'active' | 'inactive';
  password: string;
  readonly createdAt: number;
  /** Base32. */
  totp?: string | undefined;
  codes?: RecoveryCode[] | undefined;
  /** Ids of identity providers. */
  readonly links: Set<string>;
}

interface RecoveryCode {
  readonly code: string;
  /** Milliseconds since the epoch. */
  usedAt?: number;
}

/** Times in milliseconds since the epoch. */
export interface Session {
  readonly id: string;
  readonly token: string;
  readonly identityId: string;
  readonly device: { readonly id: string; readonly userAgent: string };
  readonly methods: { readonly method: string; readonly aal: 'aal1' | 'aal2'; readonly at: number }[];
  readonly issuedAt: number;
  authenticatedAt: number;
  expiresAt: number;
}

export interface Form {
  readonly id: string;
  readonly kind: 'login' | 'settings' | 'recovery';
  readonly issuedAt: number;
  expiresAt: number;
  readonly requestUrl: string;
  /** Of whoever opened it. */
  readonly sessionId?: string | undefined;
  readonly isRefresh: boolean;
  readonly aal: 'aal1' | 'aal2';
  /** A new one for each form. */
  readonly totp: string;
  /** Made, and not confirmed. */
  codes?: readonly string[] | undefined;
  isRevealed?: boolean;
  /** Who was asked for in it last. */
  typed?: string;
}

export interface KratosOptions {
  /** How a forgotten password is mended. */
  readonly recovery?: 'link' | 'code';
  /** Seconds for which a sign-in counts as fresh. */
  readonly privilegedSeconds?: number;
  /** Parts of the forms that the operator has switched off. */
  readonly lacks?: readonly string[];
}

const hourMs = 3_600_000;
export const lifetimeMs = 24 * hourMs;
const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const lowerAndDigits = 'abcdefghijklmnopqrstuvwxyz0123456789';

export class KratosState {
  /** Of the public API, as its operator configured it. */
  address = '';
  readonly identities = new Map<string, Identity>();
  readonly sessions = new Map<string, Session>();
  readonly forms = new Map<string, Form>();
  /** Addresses that a mail with a link for a new password went to. */
  readonly resetMails: string[] = [];
  readonly options: Required<KratosOptions>;

  constructor({ recovery = 'link', privilegedSeconds = 300, lacks = [] }: KratosOptions) {
    this.options = { recovery, privilegedSeconds, lacks };
  }

  openForm(form: Pick<Form, 'kind' | 'requestUrl'> & Partial<Form>): Form {
    const now = Date.now();
    const opened: Form = {
      ...{ id: randomUUID(), issuedAt: now, expiresAt: now + hourMs, isRefresh: false, aal: 'aal1' },
      totp: randomText(base32, 32),
      ...form,
    };
    this.forms.set(opened.id, opened);
    return opened;
  }

  /** Of a token that counts. */
  sessionOf(token: string | undefined): Session | undefined {
    const session = [...this.sessions.values()].find((each) => each.token === token);
    const isOver = !session || session.expiresAt <= Date.now();
    return isOver || this.identities.get(session.identityId)?.state !== 'active' ? undefined : session;
  }

  startSession(identityId: string, userAgent: string, method: string): Session {
    const now = Date.now();
    const session: Session = {
      ...{ id: randomUUID(), token: `ory_st_${randomBytes(24).toString('base64url')}`, identityId },
      ...{ device: { id: randomUUID(), userAgent }, methods: [{ method, aal: 'aal1', at: now }] },
      ...{ issuedAt: now, authenticatedAt: now, expiresAt: now + lifetimeMs },
    };
    this.sessions.set(session.id, session);
    return session;
  }

  identityOf({ identityId }: Session): Identity {
    return this.identities.get(identityId)!;
  }

  /** By one of the traits that sign in. */
  findByIdentifier(identifier: string): Identity | undefined {
    const wanted = identifier.toLowerCase();
    return [...this.identities.values()].find(({ traits }) => identifiersOf(traits).includes(wanted));
  }

  isTaken(traits: Identity['traits'], own?: string): boolean {
    return identifiersOf(traits).some((each) => ![undefined, own].includes(this.findByIdentifier(each)?.id));
  }

  hasSecondStep({ totp, codes }: Identity): boolean {
    return totp !== undefined || codes !== undefined;
  }

  isFresh({ authenticatedAt }: Session): boolean {
    return authenticatedAt + this.options.privilegedSeconds * 1_000 >= Date.now();
  }
}

export function identifiersOf({ email, username }: Identity['traits']): string[] {
  return [email, username].flatMap((each) => (typeof each === 'string' ? [each.toLowerCase()] : []));
}

export function levelOf({ methods }: Session): 'aal1' | 'aal2' {
  return methods.some(({ aal }) => aal === 'aal2') ? 'aal2' : 'aal1';
}

export function makeCodes(): string[] {
  return Array.from({ length: 12 }, () => randomText(lowerAndDigits, 8));
}

function randomText(letters: string, length: number): string {
  return Array.from({ length }, () => letters[randomInt(letters.length)]).join('');
}
