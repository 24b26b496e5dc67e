import { describe, expect, it } from 'vitest';
import { operationsOf, toOffers } from './to-offers.ts';

describe('R1 to-offers', () => {
  it('shows a part for each operation that the service knows: here, locked, or on a page of its own', () => {
    expect(
      toOffers({
        'apiKey.generate': { kind: 'needs-permission', permission: 'Key Manage' },
        'linkedAccounts.link': { kind: 'hand-off', page: 'id.example.org', comesBack: true },
        'deletion.remove': { kind: 'editable' },
      }),
    ).toEqual(['api-key', 'identities', 'account-deletion']);
  });

  it('leaves out a part without any', () => {
    expect(toOffers({ 'password.change': { kind: 'editable' }, 'sshKeys.add': { kind: 'not-offered' } })).toEqual([]);
  });

  it('lists no access keys for a page that makes them (R5, R6), but for what is done with them here (R7)', () => {
    const page = { kind: 'hand-off', page: 'git.example.org', comesBack: false } as const;
    expect(toOffers({ 'accessKeys.create': page })).toEqual([]);
    expect(toOffers({ 'accessKeys.create': page, 'accessKeys.remove': { kind: 'editable' } })).toEqual(['access-keys']);
  });

  it('finds again what an older app kept', () => {
    expect(toOffers(operationsOf(['identity-keys', 'account-deletion']))).toEqual([
      'identity-keys',
      'account-deletion',
    ]);
  });
});
