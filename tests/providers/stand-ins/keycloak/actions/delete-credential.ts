import { button, cancelButton, form, page, sorry } from '../pages/html.ts';
import type { StoredCredential } from '../realm-state.ts';
import { success, type Action, type ActionContext } from './action.ts';

function find({ person, parameter }: ActionContext): StoredCredential | undefined {
  return person.credentials.find(({ id }) => id === parameter);
}

/** The page is shown for a password too, and nobody comes back from its refusal. */
export const deleteCredential: Action = {
  isOffered: (context) => find(context) !== undefined,
  show: (context) => {
    const { userLabel, type } = find(context)!;
    const fields = `${button('kc-accept', 'Yes', 'accept')}${button('kc-decline', 'No', 'cancel-aia')}`;
    return page(`Delete ${userLabel ?? type}`, form(context.address, fields));
  },
  submit: (context) => {
    const credential = find(context);
    if (credential?.type === 'password')
      return { kind: 'end', status: 400, html: sorry('Credential type cannot be removed') };
    context.person.credentials = context.person.credentials.filter((each) => each !== credential);
    return success;
  },
};

/** Whoever has not the role gets a page, too. */
export const deleteAccount: Action = {
  isOffered: ({ realm }) => realm.switches.deletesAccounts,
  show: ({ address, person }) =>
    person.accountRoles.includes('delete-account')
      ? page(
          'Delete account confirmation',
          form(address, `${button('kc-submit', 'Confirm deletion')}${cancelButton()}`, 'kc-deleteaccount-form'),
        )
      : sorry('You do not have enough permissions to delete your own account, contact admin.'),
  submit: ({ realm, person }) => {
    realm.remove(person);
    return { kind: 'end', status: 200, html: page('', '<p class="instruction">User deleted successfully</p>') };
  },
};
