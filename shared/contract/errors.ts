import type { ErrorShape } from './error-shape.ts';

// No zod in this file: the renderer loads it.

/** Every error there is. The renderer has one text for each, in every language. */
export const errorCodes = [
  'invalid-request',
  'unauthenticated',
  'reauth-required',
  'mfa-required',
  'forbidden',
  'not-offered',
  'not-found',
  'conflict',
  'rate-limited',
  'offline',
  'server-fault',
  'untrusted-answer',
  'key-store-unavailable',
  'storage-fault',
  'clipboard-unavailable',
  'agent-unavailable',
  'cancelled',
  'internal',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/**
 * What any call may end with, so that none lists it: the account is not here any more; its session has ended, or wants
 * a second factor first; the way to the service, and the service; this computer; a fault of ours. The gate itself
 * refuses with `invalid-request` and `forbidden`, before a call begins.
 */
export const commonErrors = [
  'not-found',
  'unauthenticated',
  'mfa-required',
  'rate-limited',
  'offline',
  'server-fault',
  'untrusted-answer',
  'key-store-unavailable',
  'storage-fault',
  'internal',
] as const satisfies readonly ErrorCode[];

/** Which of several causes a code had, where the user can do something different about each. */
export const errorReasons = [
  // invalid-request
  'address-not-valid',
  'address-not-secure',
  'image-not-readable',
  'request-too-large',
  // No computer would take all of it.
  'export-too-large',
  // As many as there may be.
  'limit-reached',
  'proof-refused',
  // A server's key, and one that is not known to be the person's own.
  'host-key',
  'not-known-as-own',
  // The service knows no app of this client id.
  'client-not-known',
  // unauthenticated
  'wrong-credentials',
  // The one that opens what is kept on this computer; no password of an account.
  'wrong-passphrase',
  'wrong-code',
  // No code of a device counts any more, a recovery code does.
  'codes-exhausted',
  'challenge-expired',
  'session-ended',
  // An API or access key, not the person.
  'key-refused',
  'identity-not-linked',
  // The service lets nobody in before the e-mail address is confirmed.
  'address-not-confirmed',
  // This part of the service does not take the app's token, although the person is signed in.
  'token-refused',
  // mfa-required
  // The account asks for one that cannot be given here: a security key, say.
  'other-second-step',
  // forbidden
  // By whoever runs the service.
  'account-disabled',
  'last-way-in',
  'last-owner',
  // An organisation wants its own sign-in first.
  'single-sign-on',
  // not-offered: the app of this client id may not sign in by a code
  'code-not-allowed',
  // conflict
  'identity-taken',
  // Who signed in is not the person of the account.
  'another-person',
  // It was removed to be added under another title.
  'key-not-put-back',
  // rate-limited
  'locked-out',
  // server-fault
  'provider-storage-full',
  'service-busy',
  'identity-provider-down',
  'identity-provider-fault',
  // offline
  'name-not-found',
  'connection-refused',
  'connection-lost',
  'timed-out',
  'no-network',
  // What stands between refuses, not the service.
  'proxy-sign-in',
  'proxy-refused',
  'proxy-fault',
  'captive-portal',
  // The request may have been carried out: its answer was lost.
  'outcome-unknown',
  // untrusted-answer
  'certificate-expired',
  'certificate-not-trusted',
  'certificate-other-host',
  'not-tls',
  'redirected',
  'not-json',
  'cut-short',
  'too-large',
  'wrong-shape',
  'not-a-profile-service',
  // Of a service that is known.
  'too-old',
  // A page that the service wants opened is not its own.
  'page-elsewhere',
  // untrusted-answer: what came back from an identity provider
  'wrong-state',
  'issuer-differs',
  'wrong-nonce',
  'id-token-other-client',
  'id-token-other-issuer',
  'id-token-expired',
  'id-token-not-valid',
  // cancelled
  'declined-at-provider',
  // The person did not allow the app to talk to this address.
  'origin-refused',
  'sign-in-took-too-long',
  // Of a sign-in by a code: nobody typed it in time.
  'code-expired',
  // agent-unavailable: it answered no; without a reason there is none, or it does not answer as one
  'agent-refused',
  'agent-takes-no-limits',
  'agent-shows-none',
  // key-store-unavailable
  'key-store-locked',
  // Asked once in the life of the app: unlocked, it opens for the next start only.
  'key-store-needs-restart',
  'key-store-changed',
  // A passphrase opens what is kept here, and was not given yet.
  'passphrase-needed',
  // storage-fault
  'disk-full',
  'folder-read-only',
  'file-in-use',
  // Among the app's own files.
  'data-folder',
] as const;
export type ErrorReason = (typeof errorReasons)[number];

export const fieldErrorCodes = [
  'required',
  'too-long',
  'too-short',
  'not-valid',
  'not-an-email',
  'not-a-phone',
  'not-a-country',
  // Only ASCII letters, digits, dots, hyphens and underscores.
  'not-a-username',
  'not-a-choice',
  'control-characters',
  // A Base32 secret (RFC 4648, section 6): 0, 1, 8 or 9 typed for a letter; or not one of the lengths there are.
  'base32-look-alike',
  'base32-length',
  'out-of-range',
  // The same as another entry of the list.
  'duplicate',
  'too-many',
  'too-few',
  'not-a-number',
  'not-a-date',
  'not-a-link',
  'taken',
  // Of a password: too near to the person's own name or address; known from a leak; the one that there is.
  'like-own-name',
  'leaked',
  'same-as-before',
  'locked',
  // Where anything else belongs; it was not sent.
  'private-key',
  // Of a passphrase: it holds that, or most of it.
  'hint-tells',
] as const;
export type FieldErrorCode = (typeof fieldErrorCodes)[number];

/** The one error that services throw on purpose. Its cause stays on this computer. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Omit<ErrorShape, 'code'>;

  constructor(code: ErrorCode, details: Omit<ErrorShape, 'code'> = {}, cause?: unknown) {
    super(details.reason ? `${code} (${details.reason})` : code, { cause });
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }

  toShape(): ErrorShape {
    return { code: this.code, ...this.details };
  }

  static fromShape(shape: ErrorShape): AppError {
    const { code, ...details } = shape;
    return new AppError(code, details);
  }
}
