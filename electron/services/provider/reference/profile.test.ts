import { describe, expect, it } from 'vitest';
import { userSchema } from '../../../../shared/contract/account/profile.ts';
import { remoteUserSchema, toRoles } from './profile.ts';
import { toOperationAccess } from './operations.ts';
import { remoteMetaSchema, toAccess } from './meta.ts';

const remote = {
  id: 'p1',
  firstName: 'Ada',
  lastName: '',
  username: 'ada',
  role: 'Owner',
  company: '',
  registeredAt: '2024-05-01T12:00:00+02:00',
};

describe('W4 E1 · the person as the screen may see them', () => {
  it('leaves out the id and gives the date in UTC', () => {
    const user = remoteUserSchema.parse(remote);
    expect(userSchema.parse(user)).toEqual(user);
    expect(user.registeredAt).toBe('2024-05-01T10:00:00.000Z');
    expect(remoteUserSchema.parse({ ...remote, registeredAt: null }).registeredAt).toBeNull();
  });
});

describe('X6 · why a field is locked', () => {
  const contact = { email: '', phone: '', city: '', state: '', country: '' };
  const meta = remoteMetaSchema.parse({
    name: 'x',
    fields: {
      contact: {
        email: { access: 'editable' },
        phone: { access: 'read-only', permission: 'Phone Edit' },
        city: { access: 'read-only' },
        state: { access: 'not-offered' },
        country: { access: 'by-moonlight', permission: '' },
        shoe: { access: 'editable' },
      },
    },
  });

  it('follows what the provider says, field by field', () => {
    expect(toAccess('contact', contact, meta)).toEqual({
      email: { kind: 'editable' },
      phone: { kind: 'needs-permission', permission: 'Phone Edit' },
      city: { kind: 'set-by-provider' },
      state: { kind: 'not-offered' },
      country: { kind: 'set-by-provider' },
    });
  });

  it('notes where an editable field takes a fresh proof, and nowhere else (E12)', () => {
    const guarded = remoteMetaSchema.parse({
      name: 'x',
      fields: {
        contact: {
          email: { access: 'editable', needsReauth: true },
          phone: { access: 'editable', needsReauth: false },
          city: { access: 'read-only', needsReauth: true },
        },
      },
    });
    expect(toAccess('contact', contact, guarded)).toMatchObject({
      email: { kind: 'editable', needsReauth: true },
      phone: { kind: 'editable' },
      city: { kind: 'set-by-provider' },
    });
    expect(toAccess('contact', contact, guarded).phone).not.toHaveProperty('needsReauth');
  });

  it('locks what the provider does not mention', () => {
    expect(toAccess('avatar', { image: null }, meta)).toEqual({ image: { kind: 'set-by-provider' } });
    expect(toAccess('avatar', { image: null }, { name: 'x' })).toEqual({ image: { kind: 'set-by-provider' } });
  });
});

describe('W4 E10 C7 · what a provider has beside the sections', () => {
  it('is what it calls offered, and nothing that we do not know', () => {
    const capabilities = {
      'account.delete': 'offered',
      'identity-keys.manage': 'offered',
      'access-keys.manage': 'not-offered',
      'api-key.manage': 'perhaps',
      'time-travel': 'offered',
    };
    expect(toOperationAccess(remoteMetaSchema.parse({ name: 'x', capabilities }))).toEqual({
      'sshKeys.add': { kind: 'editable' },
      'sshKeys.remove': { kind: 'editable' },
      'sshKeys.verify': { kind: 'editable' },
      'deletion.remove': { kind: 'editable' },
    });
    expect(toOperationAccess({ name: 'x' })).toEqual({});
  });

  it('names the permission that an operation needs (R1)', () => {
    const capabilities = { 'api-key.manage': 'offered', 'identities.manage': 'offered' };
    const link = { access: 'read-only', permission: 'Users Edit' };
    const meta = remoteMetaSchema.parse({ name: 'x', capabilities, fields: { identities: { link } } });
    expect(toOperationAccess(meta)).toEqual({
      'apiKey.generate': { kind: 'editable' },
      'linkedAccounts.link': { kind: 'needs-permission', permission: 'Users Edit' },
      'linkedAccounts.unlink': { kind: 'needs-permission', permission: 'Users Edit' },
    });
  });

  it('names the roles there are, and none where it does not say', () => {
    const role = { access: 'editable', choices: ['Agent', 'Manager'] };
    expect(toRoles(remoteMetaSchema.parse({ name: 'x', fields: { user: { role } } }))).toEqual([
      { id: 'Agent', name: 'Agent' },
      { id: 'Manager', name: 'Manager' },
    ]);
    expect(toRoles({ name: 'x' })).toEqual([]);
  });
});
