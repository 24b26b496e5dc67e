import type { Database } from '../../database/database.ts';
import { Problem } from '../../http/problem.ts';
import type { MailQueue } from '../../mail/mail-queue.ts';
import type { Preset } from '../../presets/preset.ts';
import { subjectOf, type LockOutStore } from '../../proofs/lock-out.store.ts';
import type { AccountsStore } from '../../accounts/accounts.store.ts';
import { keyOf } from '../../accounts/identifier-key.ts';
import type { Deletion } from './deletion.schemas.ts';

export interface DeletionDeps {
  readonly database: Database;
  readonly accounts: AccountsStore;
  readonly lockOut: LockOutStore;
  readonly mails: MailQueue;
  readonly preset: Preset;
  /** Whether people can link identities here. */
  readonly hasIdentities: boolean;
  /** The last person of a company with this role cannot go. */
  readonly ownerRole: string;
}

/** The end of an account, with all that is kept of it. Errors: Problem forbidden (last-owner), invalid. */
export function createDeletionService({
  database,
  accounts,
  lockOut,
  mails,
  preset,
  hasIdentities,
  ownerRole,
}: DeletionDeps) {
  const deletes = whatGoes(preset, hasIdentities);

  function describe(accountId: string): Deletion {
    const isLastOwner = accounts.isLastOf(accountId, ownerRole);
    return {
      canDelete: !isLastOwner,
      reason: isLastOwner ? 'last-owner' : null,
      deletes,
      keeps: ['company-data', 'sent-mails'],
    };
  }

  return {
    describe,

    deleteAccount(accountId: string, typedEmail: string): void {
      database.transaction(() => {
        const { username } = accounts.readUser(accountId);
        const contact = accounts.readContact(accountId);
        const { reason } = describe(accountId);
        if (reason) throw new Problem('forbidden', { reason });
        if (keyOf(typedEmail) !== keyOf(contact.email))
          throw new Problem('invalid', { errors: [{ field: 'email', code: 'not-valid' }] });
        lockOut.clear(accountId, subjectOf(username), subjectOf(contact.email));
        accounts.remove(accountId);
        mails.add({
          to: contact.email,
          subject: 'Your account was deleted',
          text: 'Your account and what belonged to it were deleted. This cannot be undone.',
        });
      });
      mails.deliver();
      // Deleted pages are overwritten; this also empties the journal, which still holds them as they were.
      database.get('PRAGMA wal_checkpoint(TRUNCATE)');
    },
  };
}

function whatGoes(
  { mfa, notifications, apiKey, accessKeys, identityKeys }: Preset,
  hasIdentities: boolean,
): Deletion['deletes'] {
  return [
    'profile',
    'contact',
    'avatar',
    'sessions',
    'mfa',
    ...(mfa.hasRecoveryCodes ? ['recovery-codes' as const] : []),
    ...(notifications ? ['notifications' as const] : []),
    ...(apiKey ? ['api-key' as const] : []),
    ...(accessKeys ? ['access-keys' as const] : []),
    ...(hasIdentities ? ['identities' as const] : []),
    ...(identityKeys ? ['identity-keys' as const] : []),
  ];
}
