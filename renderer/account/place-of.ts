import type { Connection } from '../../shared/contract/account/connections.ts';
import { joinFacts } from '../lib/formats.ts';
import { t } from '../lib/i18n/text.ts';

/** Whose service an account is at; with its address where another account in the list would look the same. */
export function placeOf(connection: Connection, all: readonly Connection[]): string {
  const { providerName, address } = connection;
  return twinsOf(connection, all).length > 0 ? joinFacts(providerName, address ?? t('account.embedded')) : providerName;
}

/** The same where no e-mail address stands beside it: that alone tells two accounts at one address apart. */
export function placeOfNamed(connection: Connection, all: readonly Connection[]): string {
  const { providerName, address, person } = connection;
  const hasTwinThere = twinsOf(connection, all).some((each) => each.address === address);
  return hasTwinThere ? joinFacts(providerName, person.email) : placeOf(connection, all);
}

/** Other accounts of the same name at a service of the same name. */
function twinsOf({ id, providerName, person }: Connection, all: readonly Connection[]): readonly Connection[] {
  return all.filter((each) => each.id !== id && each.providerName === providerName && each.person.name === person.name);
}
