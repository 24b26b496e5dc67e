import type { Database } from '../../database/database.ts';
import { createEditableRecord, type EditableRecord } from '../../access/editable-record.ts';
import { Problem, type FieldProblem } from '../../http/problem.ts';
import type { MailQueue } from '../../mail/mail-queue.ts';
import type { Notify } from '../../mail/notices.ts';
import type { Preset } from '../../presets/preset.ts';
import type { EmailChangeService } from '../email-change/email-change.service.ts';
import type { AccountsStore } from '../../accounts/accounts.store.ts';
import { checkImage } from './avatar-check.ts';
import { profileAccess, touchesGuarded, type ProfileAccess } from '../../accounts/field-access.ts';
import {
  checkChoice,
  checkCountry,
  checkEmail,
  checkName,
  checkPhone,
  checkText,
  checkUsername,
  type Checked,
} from '../../accounts/field-checks.ts';
import type { Avatar, AvatarPatch, Contact, ContactPatch, User, UserPatch } from '../../accounts/profile.schemas.ts';

type Patch = Readonly<Record<string, string | null | undefined>>;
type Checks = Readonly<Record<string, (typed: string) => Checked>>;

export interface ProfileService {
  readonly user: EditableRecord<User, UserPatch>;
  readonly contact: EditableRecord<Contact, ContactPatch>;
  readonly avatar: EditableRecord<Avatar, AvatarPatch>;
  /** Whether a patch takes a fresh proof of identity first. */
  needsProof(section: keyof ProfileAccess, accountId: string, patch: object): boolean;
}

export interface ProfileDeps {
  readonly database: Database;
  readonly accounts: AccountsStore;
  readonly preset: Preset;
  readonly emailChange: Pick<EmailChangeService, 'request'>;
  readonly mails: MailQueue;
  readonly notify: Notify;
}

export function createProfileService(deps: ProfileDeps): ProfileService {
  const { database, accounts, preset, emailChange, mails, notify } = deps;
  const accessOf = (accountId: string) => profileAccess(preset, accounts.readPermissions(accountId));

  function guarded<Value, Change extends Patch>(
    section: keyof ProfileAccess,
    read: (accountId: string) => Value,
    apply: (accountId: string, patch: Change, current: Value) => void,
  ): EditableRecord<Value, Change> {
    return createEditableRecord({
      database,
      read,
      accessOf: (accountId) => accessOf(accountId)[section],
      apply,
    });
  }

  function refuseTaken(username: string, accountId: string): void {
    const owner = accounts.find(username);
    if (owner !== undefined && owner !== accountId)
      throw new Problem('invalid', { errors: [{ field: 'username', code: 'taken' }] });
  }

  const user = guarded<User, UserPatch>('user', accounts.readUser, (accountId, patch, current) => {
    const next = { ...current, ...checkPatch(patch, userChecks(preset.roles)) };
    if (next.firstName === '' && next.lastName === '')
      throw new Problem('invalid', { errors: [{ field: 'firstName', code: 'required' }] });
    refuseTaken(next.username, accountId);
    accounts.writeUser(accountId, next);
  });
  const contact = guarded<Contact, ContactPatch>('contact', accounts.readContact, (accountId, patch, current) => {
    const { email, ...rest } = checkPatch(patch, contactChecks(patch.country ?? current.country));
    accounts.writeContact(accountId, { ...current, ...rest });
    // Kept as it is until a link that is sent to the new one was opened.
    if (email !== undefined) emailChange.request(accountId, email);
  });
  const avatar = guarded<Avatar, AvatarPatch>('avatar', accounts.readAvatar, (accountId, patch) => {
    if (patch.image === undefined) return;
    const { image } = checkPatch(patch, { image: (typed) => (typed === '' ? { value: '' } : checkImage(typed)) });
    accounts.writeAvatar(accountId, { image: image || null });
  });
  return {
    user: followed(user, (accountId, before, now) => {
      if (before.username !== now.username) notify(accountId, 'username-changed');
    }),
    contact: followed(contact, () => {
      mails.deliver();
    }),
    avatar,
    needsProof: (section, accountId, patch) => touchesGuarded(accessOf(accountId)[section], patch),
  };
}

/** Tells of each update once it is kept. */
function followed<Value, Change>(
  record: EditableRecord<Value, Change>,
  notify: (accountId: string, before: Value, now: Value) => void,
): EditableRecord<Value, Change> {
  return {
    read: record.read,
    update(accountId, patch, ifMatch) {
      const before = record.read(accountId);
      const now = record.update(accountId, patch, ifMatch);
      notify(accountId, before, now);
      return now;
    },
  };
}

function userChecks(roles: readonly string[]): Checks {
  const name = (typed: string) => checkName(typed, 100);
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

/**
 * The changed fields as they will be kept; null empties a field (RFC 7396). Errors: Problem invalid, with every fault.
 */
function checkPatch(patch: Patch, checks: Checks): Record<string, string> {
  const accepted: Record<string, string> = {};
  const errors: FieldProblem[] = [];
  for (const [field, typed] of Object.entries(patch)) {
    const checked = checks[field]?.(typed ?? '');
    if (!checked) continue;
    if ('fault' in checked) errors.push({ field, ...checked.fault });
    else accepted[field] = checked.value;
  }
  if (errors.length > 0) throw new Problem('invalid', { errors });
  return accepted;
}
