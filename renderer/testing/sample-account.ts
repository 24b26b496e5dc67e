import type { Account } from '../../shared/contract/account/accounts.ts';

/** A person at a control account, online. */
export function sampleAccount(id: string): Account {
  return {
    id,
    kind: 'reference',
    address: null,
    providerName: 'Control account',
    person: { name: 'Mara Lindqvist', email: 'mara@nordlicht.example', avatar: null },
    state: { kind: 'online', since: '2026-03-01T09:00:00.000Z' },
    isPasted: false,
    tokenEndsAt: null,
    mayBeDeleted: false,
    describesApi: true,
  };
}
