import type { Account } from '../../shared/contract/account/accounts.ts';
import { joinFacts } from '../lib/formats.ts';
import { t } from '../lib/i18n/text.ts';

/** Whose service an account is at, and where: the host, or the address in full where another one shares both. */
export function placeOf(account: Account, all: readonly Account[]): string {
  const { providerName, address } = account;
  if (address === null) return joinFacts(providerName, t('account.embedded'));
  const hasNeighbour = all.some(
    (each) =>
      each.address !== null &&
      each.address !== address &&
      each.providerName === providerName &&
      hostOf(each.address) === hostOf(address),
  );
  return joinFacts(providerName, hasNeighbour ? address : hostOf(address));
}

/** The same where no e-mail address stands beside it: that alone tells two accounts of one person there apart. */
export function placeOfNamed(account: Account, all: readonly Account[]): string {
  const { id, address, person } = account;
  const hasTwin = all.some((each) => each.id !== id && each.address === address && each.person.name === person.name);
  const place = placeOf(account, all);
  return hasTwin ? joinFacts(person.email, place) : place;
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}
