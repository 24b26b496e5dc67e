import type { ErrorShape } from '../../../shared/contract/error-shape.ts';
import { camelCase } from '../camel-case.ts';
import { formatDuration } from '../formats.ts';
import { textOf, type Text } from '../i18n/text.ts';

/** What happened and what to do, for every error there is. Never shows a code. */
export function errorText(error: ErrorShape): string {
  return textOf(withDetails(error) ?? { key: `errors.${camelCase(error.reason ?? error.code)}` });
}

/** `title` says that something was not done; it does not where nobody knows. */
export function failureTitle(title: string, errors: readonly ErrorShape[]): string {
  return errors.some(({ reason }) => reason === 'outcome-unknown') ? textOf({ key: 'errors.unknownTitle' }) : title;
}

/** What comes after that, in plain type: how often one may still try. Undefined where there is nothing to add. */
export function nextText({ reason, tries }: ErrorShape): string | undefined {
  if (reason !== 'wrong-credentials') return undefined;
  if (!tries) return textOf({ key: 'errors.wrongCredentialsNext' });
  const minutes = Math.ceil(tries.pauseSeconds / 60);
  return tries.left === 0
    ? textOf({ key: 'errors.noTriesLeft', values: { minutes } })
    : textOf({ key: 'errors.triesLeft', values: { count: tries.left, minutes } });
}

/** The fuller text where the error brings the detail for it. */
function withDetails({ code, reason, retryAfter, permission, issuers, reference }: ErrorShape): Text | undefined {
  if (code === 'rate-limited' && retryAfter) {
    return {
      key: reason === 'locked-out' ? 'errors.lockedOutFor' : 'errors.rateLimitedFor',
      values: { time: formatDuration(retryAfter) },
    };
  }
  if (reason === 'service-busy' && retryAfter)
    return { key: 'errors.serviceBusyFor', values: { time: formatDuration(retryAfter) } };
  if (code === 'forbidden' && permission) return { key: 'errors.forbiddenPermission', values: { permission } };
  if (reason === 'issuer-differs' && issuers) return { key: 'errors.issuerDiffersOf', values: { ...issuers } };
  if (code === 'internal' && reference) return { key: 'errors.internalReference', values: { reference } };
  return undefined;
}
