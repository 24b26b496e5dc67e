import type { Session } from '../../../../shared/contract/account/sessions.ts';
import { perLanguage } from '../../../lib/i18n/language.ts';
import { fullName, systemName } from '../session-text.ts';

export const sortKeys = ['active', 'created', 'browser', 'os', 'ip'] as const;
export type SortKey = (typeof sortKeys)[number];

export interface SessionOrder {
  readonly by: SortKey;
  /** Times run from the newest, names from A; reversed the other way round. */
  readonly isReversed: boolean;
}

// Versions and addresses by their numbers: 10.0.0.9 before 10.0.0.10.
const collator = perLanguage((language) => new Intl.Collator(language, { numeric: true, sensitivity: 'base' }));

/**
 * New ones first, because they are what a person came for; those of which the value is unknown last, in either
 * direction. Equal ones keep the order they came in.
 */
export function sortSessions(sessions: readonly Session[], { by, isReversed }: SessionOrder): Session[] {
  const direction = isReversed ? -1 : 1;
  const compare = (a: Keyed, b: Keyed): number =>
    Number(b.session.isNew) - Number(a.session.isNew) || compareValues(a.value, b.value, direction);
  return sessions
    .map((session): Keyed => ({ session, value: valueOf(session, by) }))
    .sort(compare)
    .map(({ session }) => session);
}

interface Keyed {
  readonly session: Session;
  /** Milliseconds before now count down, so that the newest comes first. */
  readonly value: string | number | null;
}

function compareValues(a: Keyed['value'], b: Keyed['value'], direction: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return (
    direction * (typeof a === 'number' && typeof b === 'number' ? b - a : collator().compare(String(a), String(b)))
  );
}

function valueOf(session: Session, by: SortKey): Keyed['value'] {
  switch (by) {
    case 'active':
      return timeOf(session.lastModifiedAt);
    case 'created':
      return timeOf(session.createdAt);
    case 'browser':
      return fullName(session.browser);
    case 'os':
      return systemName(session);
    case 'ip':
      return session.ipAddress;
  }
}

function timeOf(instant: string | null): number | null {
  return instant === null ? null : Date.parse(instant);
}
