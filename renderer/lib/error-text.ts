import type { ErrorShape } from '../../shared/contract/error-shape.ts';
import type { ErrorCode, ErrorReason } from '../../shared/contract/errors.ts';
import { formatDuration } from './formats.ts';
import { textOf, type Text, type TextKey } from './i18n/text.ts';

/** What happened and what to do, for every error there is. Never shows a code. */
export function errorText(error: ErrorShape): string {
  return textOf(withDetails(error) ?? { key: error.reason ? reasonKey(error.reason) : codeKey(error.code) });
}

/** The fuller text where the error brings the detail for it. */
function withDetails({ code, reason, retryAfter, permission, reference }: ErrorShape): Text | undefined {
  if (code === 'rate-limited' && retryAfter) {
    return { key: reason === 'locked-out' ? 'errors.lockedOutFor' : 'errors.rateLimitedFor', values: { time: formatDuration(retryAfter) } };
  }
  if (reason === 'service-busy' && retryAfter) return { key: 'errors.serviceBusyFor', values: { time: formatDuration(retryAfter) } };
  if (code === 'forbidden' && permission) return { key: 'errors.forbiddenPermission', values: { permission } };
  if (code === 'internal' && reference) return { key: 'errors.internalReference', values: { reference } };
  return undefined;
}

function codeKey(code: ErrorCode): TextKey {
  switch (code) {
    case 'invalid-request': return 'errors.invalidRequest';
    case 'unauthenticated': return 'errors.unauthenticated';
    case 'reauth-required': return 'errors.reauthRequired';
    case 'mfa-required': return 'errors.mfaRequired';
    case 'forbidden': return 'errors.forbidden';
    case 'not-offered': return 'errors.notOffered';
    case 'not-found': return 'errors.notFound';
    case 'conflict': return 'errors.conflict';
    case 'rate-limited': return 'errors.rateLimited';
    case 'offline': return 'errors.offline';
    case 'server-fault': return 'errors.serverFault';
    case 'untrusted-answer': return 'errors.untrustedAnswer';
    case 'key-store-unavailable': return 'errors.keyStoreUnavailable';
    case 'storage-fault': return 'errors.storageFault';
    case 'clipboard-unavailable': return 'errors.clipboardUnavailable';
    case 'agent-unavailable': return 'errors.agentUnavailable';
    case 'cancelled': return 'errors.cancelled';
    case 'internal': return 'errors.internal';
  }
}

function reasonKey(reason: ErrorReason): TextKey {
  switch (reason) {
    case 'address-not-valid': return 'errors.addressNotValid';
    case 'address-not-secure': return 'errors.addressNotSecure';
    case 'image-not-readable': return 'errors.imageNotReadable';
    case 'request-too-large': return 'errors.requestTooLarge';
    case 'limit-reached': return 'errors.limitReached';
    case 'proof-refused': return 'errors.proofRefused';
    case 'wrong-credentials': return 'errors.wrongCredentials';
    case 'wrong-code': return 'errors.wrongCode';
    case 'challenge-expired': return 'errors.challengeExpired';
    case 'session-ended': return 'errors.sessionEnded';
    case 'key-refused': return 'errors.keyRefused';
    case 'locked-out': return 'errors.lockedOut';
    case 'provider-storage-full': return 'errors.providerStorageFull';
    case 'service-busy': return 'errors.serviceBusy';
    case 'name-not-found': return 'errors.nameNotFound';
    case 'connection-refused': return 'errors.connectionRefused';
    case 'connection-lost': return 'errors.connectionLost';
    case 'timed-out': return 'errors.timedOut';
    case 'outcome-unknown': return 'errors.outcomeUnknown';
    case 'no-network': return 'errors.noNetwork';
    case 'certificate-expired': return 'errors.certificateExpired';
    case 'certificate-not-trusted': return 'errors.certificateNotTrusted';
    case 'certificate-other-host': return 'errors.certificateOtherHost';
    case 'not-tls': return 'errors.notTls';
    case 'redirected': return 'errors.redirected';
    case 'not-json': return 'errors.notJson';
    case 'cut-short': return 'errors.cutShort';
    case 'too-large': return 'errors.tooLarge';
    case 'wrong-shape': return 'errors.wrongShape';
    case 'not-a-profile-service': return 'errors.notAProfileService';
    case 'identity-not-linked': return 'errors.identityNotLinked';
    case 'last-way-in': return 'errors.lastWayIn';
    case 'last-owner': return 'errors.lastOwner';
    case 'identity-taken': return 'errors.identityTaken';
    case 'identity-provider-down': return 'errors.identityProviderDown';
    case 'identity-provider-fault': return 'errors.identityProviderFault';
    case 'wrong-state': return 'errors.wrongState';
    case 'wrong-nonce': return 'errors.wrongNonce';
    case 'id-token-other-client': return 'errors.idTokenOtherClient';
    case 'id-token-other-issuer': return 'errors.idTokenOtherIssuer';
    case 'id-token-expired': return 'errors.idTokenExpired';
    case 'id-token-not-valid': return 'errors.idTokenNotValid';
    case 'declined-at-provider': return 'errors.declinedAtProvider';
    case 'sign-in-took-too-long': return 'errors.signInTookTooLong';
    case 'agent-refused': return 'errors.agentRefused';
    case 'key-store-locked': return 'errors.keyStoreLocked';
    case 'key-store-changed': return 'errors.keyStoreChanged';
    case 'disk-full': return 'errors.diskFull';
    case 'folder-read-only': return 'errors.folderReadOnly';
  }
}
