import * as z from 'zod';
import type { OperationAccess } from '../../../../shared/contract/account/profile.ts';
import type { KnownSection } from '../../../../shared/profile-fields.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { refuseOthers } from '../common/section-changes.ts';
import type { ProfileReading, ProviderAccount, SectionChanges } from '../provider.ts';
import type { Pictures } from './pictures.ts';
import { pageAccess } from './pages.ts';
import { idOf, readPerson, type RemotePerson } from './person.ts';
import type { TokenScopes } from './http/scopes.ts';
import type { Senders } from './http/senders.ts';
import { revisionsOf, sectionsOf } from './sections.ts';
import { settingsOf, writeSettings } from './settings.ts';

type ProfileCalls = Pick<ProviderAccount, 'readAccount' | 'whoAmI' | 'readProfile' | 'updateSection' | 'updateMore'>;

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

/** One name, and a picture. Each write sends what changes alone, so all that the app does not know stays as it is. */
export function createGiteaProfile(deps: ProfileDeps): ProfileCalls {
  const { senders, address, scopes, pictures, readName, readOperations } = deps;

  async function toReading(person: RemotePerson): Promise<ProfileReading> {
    const sections = await toSections(person);
    // After the requests: the first refusal tells what a token may.
    return { operations: readOperations(), sections };
  }

  async function toSections(person: RemotePerson): Promise<ProfileReading['sections']> {
    const image = await pictures.read(person);
    return sectionsOf(person, image, { writing: scopes.accessBy('write:user'), page: pageAccess(address) });
  }

  const writers: Writers = {
    async user(changes) {
      const { firstName, ...others } = changes;
      refuseOthers(others);
      if (firstName === undefined) return;
      await writeSettings(senders, { full_name: firstName }, () => 'firstName');
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
      if (revisionsOf(person)[section] !== revision) throw new AppError('conflict');
      await writers[section](changes);
      return (await toSections(await readPerson(senders.send)))[section];
    },
    async updateMore(changes, revision) {
      const person = await readPerson(senders.send);
      if (revisionsOf(person).more !== revision) throw new AppError('conflict');
      refuseOthers(changes, Object.keys(settingsOf(person)));
      await writeSettings(senders, z.record(z.string(), z.string()).parse(changes));
      return (await toSections(await readPerson(senders.send))).more;
    },
  };
}
