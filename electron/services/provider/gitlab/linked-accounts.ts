import { cleanText } from '../../core/clean-text.ts';
import type { ProviderLinkedAccounts } from '../account-linked-accounts.ts';
import type { SignedSender } from '../signed-sender.ts';
import { pageAccess } from './pages.ts';
import { readPerson } from './profile/person.ts';

/** Whom the person signs in with. They are told; which others there are is not, and only a page ends one. */
export function createGitlabLinkedAccounts(
  send: SignedSender,
  address: string,
): Pick<ProviderLinkedAccounts, 'linkedAccounts'> {
  return {
    async linkedAccounts() {
      const { identities } = await readPerson(send);
      const linked = (identities ?? []).map(({ provider, extern_uid: id }) => ({
        id: `${provider} ${id ?? ''}`.slice(0, 200),
        provider: cleanText(provider).slice(0, 200),
        label: cleanText(id ?? '').slice(0, 300),
        addedAt: null,
      }));
      return { access: pageAccess(address), providers: [], linkedAccounts: linked };
    },
  };
}
