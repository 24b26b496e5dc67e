import type { Account } from '../../shared/contract/account/accounts.ts';
import { joinFacts } from '../lib/formats.ts';
import { t } from '../lib/i18n/text.ts';

/** Whose service an account is at; with its address where another account in the list would look the same. */
export function placeOf(account: Account, all: readonly Account[]): string {
  const { providerName, address } = account;
  return twinsOf(account, all).length > 0 ? joinFacts(providerName, address ?? t('account.embedded')) : providerName;
}

/** The same where no e-mail address stands beside it: that alone tells two accounts at one address apart. */
export function placeOfNamed(account: Account, all: readonly Account[]): string {
  const { providerName, address, person } = account;
  const hasTwinThere = twinsOf(account, all).some((each) => each.address === address);
  return hasTwinThere ? joinFacts(providerName, person.email) : placeOf(account, all);
}

/** Other accounts of the same name at a service of the same name. */
function twinsOf({ id, providerName, person }: Account, all: readonly Account[]): readonly Account[] {
  return all.filter((each) => each.id !== id && each.providerName === providerName && each.person.name === person.name);
}
