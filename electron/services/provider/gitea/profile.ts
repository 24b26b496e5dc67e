import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { FieldAccess, OperationAccess } from '../../../../shared/contract/account/profile.ts';
import {
  emptyValues,
  fillFields,
  mapFields,
  profileFields,
  type KnownSection,
} from '../../../../shared/profile-fields.ts';
import type { ErrorShape } from '../../../../shared/contract/error-shape.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { Refusal } from '../../http/refusal.ts';
import { absentMore, absentNotifications, absentWorkplace } from '../absent/absent-sections.ts';
import type { ProfileReading, ProviderAccount, SectionChanges } from '../provider.ts';
import type { Pictures } from './pictures.ts';
import { pageAccess } from './pages.ts';
import { idOf, readPerson, type RemotePerson } from './person.ts';
import { messageOf } from './http/problem.ts';
import type { TokenScopes } from './http/scopes.ts';
import type { Senders } from './http/senders.ts';

type ProfileCalls = Pick<ProviderAccount, 'readAccount' | 'whoAmI' | 'readProfile' | 'updateSection'>;

export interface ProfileDeps {
  readonly senders: Senders;
  readonly address: string;
  readonly scopes: TokenScopes;
  readonly pictures: Pictures;
  /** What people call the instance. */
  readonly readName: () => Promise<string>;
  readonly readOperations: () => OperationAccess;
}

type Writers = { readonly [S in KnownSection]: (changes: SectionChanges[S]) => Promise<void> };
const refuse = (): Promise<never> => Promise.reject(new AppError('not-offered'));

const shown: FieldAccess = { kind: 'set-by-provider' };
const absent: FieldAccess = { kind: 'not-offered' };

/** One name, and a picture. Each write sends what changes alone, so all that the app does not know stays as it is. */
export function createGiteaProfile(deps: ProfileDeps): ProfileCalls {
  const { senders, address, scopes, pictures, readName, readOperations } = deps;

  async function toReading(person: RemotePerson): Promise<ProfileReading> {
    const sections = await toSections(person);
    // After the requests: the first refusal tells what a token may.
    return { operations: readOperations(), sections };
  }

  async function toSections(person: RemotePerson): Promise<ProfileReading['sections']> {
    const [image, writing, page] = [await pictures.read(person), scopes.accessBy('write:user'), pageAccess(address)];
    const revision = revisionOf(person);
    const user = {
      ...mapFields(profileFields.user, emptyValues),
      firstName: person.full_name,
      username: person.login,
      registeredAt: person.created ? new Date(person.created).toISOString() : null,
    };
    const contact = { ...mapFields(profileFields.contact, emptyValues), email: person.email };
    return {
      user: {
        values: user,
        access: { ...fillFields(profileFields.user, absent), firstName: writing, username: page, registeredAt: shown },
        revision,
        choices: { role: [] },
      },
      contact: { values: contact, access: { ...fillFields(profileFields.contact, absent), email: page }, revision },
      workplace: absentWorkplace,
      notifications: absentNotifications,
      avatar: { values: { image }, access: { image: writing }, revision },
      more: absentMore,
    };
  }

  const writers: Writers = {
    async user(changes) {
      const { firstName, ...others } = changes;
      refuseOthers(others);
      if (firstName === undefined) return;
      const body = { full_name: firstName };
      await senders.explaining(explainSettings)({ method: 'PATCH', path: '/user/settings', body, schema: z.unknown() });
    },
    contact: async (changes) => refuseOthers(changes),
    avatar: ({ image }) => (image === undefined ? Promise.resolve() : pictures.write(image)),
    workplace: refuse,
    notifications: refuse,
  };

  return {
    async readAccount() {
      const [person, providerName] = await Promise.all([readPerson(senders.send), readName()]);
      return { personId: idOf(person), providerName, profile: await toReading(person) };
    },
    whoAmI: async () => idOf(await readPerson(senders.send)),
    readProfile: async () => toReading(await readPerson(senders.send)),
    /** There is no ETag: what changes between this look and the write is overwritten. */
    async updateSection(section, changes, revision) {
      const person = await readPerson(senders.send);
      if (revisionOf(person) !== revision) throw new AppError('conflict');
      await writers[section](changes);
      return (await toSections(await readPerson(senders.send)))[section];
    },
  };
}

function refuseOthers(changes: object): void {
  const names = Object.keys(changes);
  if (names.length === 0) return;
  const fields = Object.fromEntries(names.map((name) => [name, { code: 'locked' as const }]));
  throw new AppError('invalid-request', { fields });
}

/** Go's names of the fields stand in the sentence. */
function explainSettings(refusal: Refusal): ErrorShape | undefined {
  if (refusal.status !== 422) return undefined;
  const message = messageOf(refusal);
  if (!message.startsWith('[FullName]')) return undefined;
  const isTooLong = message.includes('MaxSize');
  return {
    code: 'invalid-request',
    fields: { firstName: isTooLong ? { code: 'too-long', limit: maxNameLength } : { code: 'not-valid' } },
  };
}

/** Characters (code points). */
const maxNameLength = 100;

/** The server names no states, so this is a hash of what the app shows of one. */
function revisionOf({ full_name, email, login, avatar_url = null }: RemotePerson): string {
  return createHash('sha256')
    .update(JSON.stringify([full_name, email, login, avatar_url]))
    .digest('base64url');
}
