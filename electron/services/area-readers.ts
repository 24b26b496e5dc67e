import type { AreaReader } from './features/activity/create-activity.ts';
import type { createDeletion } from './features/deletion/create-deletion.ts';

type DataHandlers = Parameters<typeof createDeletion>[0]['handlers'];

/** How all that activity compares is read, as the screens do. */
export function readersOf(handlers: DataHandlers): { readonly all: AreaReader[]; readonly news: AreaReader[] } {
  const { profile, emails, sessions, mfa, apiKey, accessKeys, linkedAccounts, applications, sshKeys } = handlers;
  const lists = [sessions, sshKeys, accessKeys];
  const news: AreaReader[] = [
    ...lists.map(
      ({ list }): AreaReader =>
        async (accountId) =>
          list({ accountId, from: 'provider' }),
    ),
    async (accountId) => apiKey.get({ accountId, from: 'provider' }),
  ];
  return {
    news,
    all: [
      ...news,
      async (accountId) => profile.get({ accountId, from: 'provider' }),
      async (accountId) => emails.list({ accountId, from: 'provider' }),
      async (accountId) => applications.list({ accountId, from: 'provider' }),
      async (accountId) => mfa.status({ accountId }),
      async (accountId) => linkedAccounts.get({ accountId }),
    ],
  };
}
