import type { ErrorShape } from '../../../shared/contract/error-shape.ts';
import { errorText } from '../../lib/errors/error-text.ts';
import { t, type TextKey } from '../../lib/i18n/text.ts';

type Reason = NonNullable<ErrorShape['reason']>;

/** Where the page in the browser is the service's own: elsewhere these are told of an identity provider. */
const ownPage: Readonly<Partial<Record<Reason, TextKey>>> = {
  'sign-in-took-too-long': 'signIn.nobodyCameBack',
  'declined-at-provider': 'signIn.declined',
  'code-expired': 'signIn.codeExpired',
  'client-not-known': 'signIn.clientNotKnown',
  'code-not-allowed': 'signIn.codeNotAllowed',
  'another-person': 'signIn.anotherPerson',
  'token-refused': 'signIn.tokenRefused',
  'identity-provider-down': 'signIn.pageDown',
  'identity-provider-fault': 'signIn.pageFault',
  'issuer-differs': 'signIn.otherAddress',
};

/** Why nobody came in, or nothing was found to come in to. */
export function connectErrorText(error: ErrorShape): string {
  const known = error.reason && ownPage[error.reason];
  return known ? t(known) : errorText(error);
}
