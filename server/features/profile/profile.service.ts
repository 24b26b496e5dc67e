import type { Database } from '../../database/database.ts';
import { createEditableRecord, type EditableRecord } from '../../http/editable-record.ts';
import { Problem, type FieldProblem } from '../../http/problem.ts';
import type { Preset } from '../../presets/preset.ts';
import type { AccountsStore } from './accounts.store.ts';
import { checkImage } from './avatar-check.ts';
import { profileAccess, type ProfileAccess } from './field-access.ts';
import {
  checkChoice,
  checkCountry,
  checkEmail,
  checkPhone,
  checkText,
  checkUsername,
  type Checked,
} from './field-checks.ts';
import type { Avatar, AvatarPatch, Contact, ContactPatch, User, UserPatch } from './profile.schemas.ts';

type Patch = Readonly<Record<string, string | null | undefined>>;
type Checks = Readonly<Record<string, (typed: string) => Checked>>;

export interface ProfileService {
  readonly user: EditableRecord<User, UserPatch>;
  readonly contact: EditableRecord<Contact, ContactPatch>;
  readonly avatar: EditableRecord<Avatar, AvatarPatch>;
}

export function createProfileService(database: Database, accounts: AccountsStore, preset: Preset): ProfileService {
  function guarded<Value, Change extends Patch>(
    section: keyof ProfileAccess,
    read: (accountId: string) => Value,
    apply: (accountId: string, patch: Change, current: Value) => void,
  ): EditableRecord<Value, Change> {
    return createEditableRecord({
      database,
      read,
      accessOf: (accountId) => profileAccess(preset, accounts.readPermissions(accountId))[section],
      apply,
    });
  }

  function refuseTaken(field: string, identifier: string, accountId: string): void {
    const owner = accounts.find(identifier);
    if (owner !== undefined && owner !== accountId)
      throw new Problem('invalid', { errors: [{ field, code: 'taken' }] });
  }

  return {
    user: guarded<User, UserPatch>('user', accounts.readUser, (accountId, patch, current) => {
      const user = { ...current, ...checkPatch(patch, userChecks(preset.roles)) };
      if (user.firstName === '' && user.lastName === '')
        throw new Problem('invalid', { errors: [{ field: 'firstName', code: 'required' }] });
      refuseTaken('username', user.username, accountId);
      accounts.writeUser(accountId, user);
    }),
    contact: guarded<Contact, ContactPatch>('contact', accounts.readContact, (accountId, patch, current) => {
      const contact = { ...current, ...checkPatch(patch, contactChecks(patch.country ?? current.country)) };
      refuseTaken('email', contact.email, accountId);
      accounts.writeContact(accountId, contact);
    }),
    avatar: guarded<Avatar, AvatarPatch>('avatar', accounts.readAvatar, (accountId, patch) => {
      if (patch.image === undefined) return;
      const { image } = checkPatch(patch, { image: (typed) => (typed === '' ? { value: '' } : checkImage(typed)) });
      accounts.writeAvatar(accountId, { image: image || null });
    }),
  };
}

function userChecks(roles: readonly string[]): Checks {
  const name = (typed: string) => checkText(typed, 100);
  return {
    firstName: name,
    lastName: name,
    company: name,
    username: checkUsername,
    role: (typed) => checkChoice(typed, roles),
  };
}

function contactChecks(country: string): Checks {
  const line = (limit: number) => (typed: string) => checkText(typed, limit);
  return {
    email: checkEmail,
    phone: (typed) => checkPhone(typed, country.trim().toUpperCase()),
    addressLine1: line(200),
    addressLine2: line(200),
    city: line(100),
    state: line(100),
    postalCode: line(20),
    country: checkCountry,
  };
}

/** The changed fields as they will be kept; null empties a field (RFC 7396). Errors: Problem invalid, with every fault. */
function checkPatch(patch: Patch, checks: Checks): Record<string, string> {
  const kept: Record<string, string> = {};
  const errors: FieldProblem[] = [];
  for (const [field, typed] of Object.entries(patch)) {
    const checked = checks[field]?.(typed ?? '');
    if (!checked) continue;
    if ('fault' in checked) errors.push({ field, ...checked.fault });
    else kept[field] = checked.value;
  }
  if (errors.length > 0) throw new Problem('invalid', { errors });
  return kept;
}
