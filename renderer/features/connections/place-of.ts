import type { Connection } from '../../../shared/contract/connections.ts';
import { joinFacts } from '../../lib/formats.ts';
import { t } from '../../lib/i18n/text.ts';

/** Whose service an account is at; with its address where another account in the list would look the same. */
export function placeOf(connection: Connection, all: readonly Connection[]): string {
  const { id, providerName, person, address } = connection;
  const hasTwin = all.some(
    (each) => each.id !== id && each.providerName === providerName && each.person.name === person.name,
  );
  return hasTwin ? joinFacts(providerName, address ?? t('account.embedded')) : providerName;
}
