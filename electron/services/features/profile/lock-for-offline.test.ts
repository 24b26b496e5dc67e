import { describe, expect, it } from 'vitest';
import { makeSections } from '../../testing/make-sections.ts';
import { lockForOffline, lockOperations } from './lock-for-offline.ts';

describe('D5 X6 lock-for-offline', () => {
  const sections = makeSections();
  sections.contact.access.email = { kind: 'hand-off', page: 'id.example.org', comesBack: true };
  const locked = lockForOffline(sections);

  it('X5 leaves open what could be edited: what is typed is kept as a draft', () => {
    expect(locked.user.access.firstName).toEqual({ kind: 'editable' });
    expect(locked.avatar.access.image).toEqual({ kind: 'editable' });
  });

  it('locks what a page of the service does, and says that the missing connection is the reason', () => {
    expect(locked.contact.access.email).toEqual({ kind: 'offline' });
  });

  it('leaves the reason of a field that is locked in any case', () => {
    expect(locked.user.access.role).toEqual({ kind: 'needs-permission', permission: 'Role Change' });
  });

  it('locks operations too, also those that a page of the service does (R1)', () => {
    expect(
      lockOperations({
        'sessions.close': { kind: 'editable' },
        'password.change': { kind: 'hand-off', page: 'id.example.org', comesBack: true },
        'deletion.remove': { kind: 'needs-permission', permission: 'delete-account' },
      }),
    ).toEqual({
      'sessions.close': { kind: 'offline' },
      'password.change': { kind: 'offline' },
      'deletion.remove': { kind: 'needs-permission', permission: 'delete-account' },
    });
  });

  it('changes no value', () => {
    expect(locked.contact.values).toEqual(makeSections().contact.values);
  });
});
