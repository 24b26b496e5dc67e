import type { OperationAccess } from '../../../../../shared/contract/account/profile.ts';
import { AppError } from '../../../../../shared/contract/errors.ts';
import { refuseOthers } from '../../common/section-changes.ts';
import type { ShownPicture } from '../../common/shown-picture.ts';
import type { ProfileReading, ProviderAccount } from '../../provider.ts';
import type { Senders } from '../http/senders.ts';
import { pageAccess } from '../pages.ts';
import { idOf, readPerson } from './person.ts';
import { writePicture } from './pictures.ts';
import { revisionsOf, sectionsOf, type RemoteProfile } from './sections.ts';
import { describeSettings, readSettings, writeSettings } from './settings.ts';

type ProfileCalls = Pick<ProviderAccount, 'readAccount' | 'whoAmI' | 'readProfile' | 'updateSection' | 'updateMore'>;

export interface ProfileDeps {
  readonly senders: Senders;
  readonly address: string;
  readonly shownPicture: ShownPicture;
  /** What people call the instance. */
  readonly name: string;
  readonly readOperations: () => Promise<OperationAccess>;
}

/** The person's name and details change on a page alone; picture, status and preferences here. */
export function createGitlabProfile(deps: ProfileDeps): ProfileCalls {
  const { senders, address, shownPicture, name, readOperations } = deps;

  async function readRemote(): Promise<RemoteProfile> {
    const [person, settings] = await Promise.all([readPerson(senders.send), readSettings(senders)]);
    return { person, ...settings };
  }

  async function toReading(remote: RemoteProfile): Promise<ProfileReading> {
    const image = await shownPicture.read(remote.person.avatar_url);
    // After the requests: the first refusal tells what a token may.
    const operations = await readOperations();
    const none = { kind: 'not-offered' } as const;
    const sections = sectionsOf(remote, image, {
      writing: operations['sshKeys.add'] ?? none,
      picture: operations['avatar.change'] ?? none,
      page: pageAccess(address),
    });
    return { operations, sections };
  }

  /** There is no ETag: what changes between this look and the write is overwritten. */
  async function change<S extends 'avatar' | 'more'>(
    section: S,
    revision: string,
    write: (now: RemoteProfile) => Promise<void>,
  ) {
    const remote = await readRemote();
    if (revisionsOf(remote)[section] !== revision) throw new AppError('conflict');
    await write(remote);
    return (await toReading(await readRemote())).sections[section];
  }

  return {
    async readAccount() {
      const remote = await readRemote();
      return { personId: idOf(remote.person), providerName: name, profile: await toReading(remote) };
    },
    whoAmI: async () => idOf(await readPerson(senders.send)),
    readProfile: async () => toReading(await readRemote()),
    async updateSection(section, changes, revision) {
      if (section !== 'avatar') {
        refuseOthers(changes);
        throw new AppError('not-offered');
      }
      const { image } = changes as { readonly image?: string | null };
      const saved = await change('avatar', revision, async () => {
        if (image !== undefined) await writePicture(senders, image);
      });
      return saved as never;
    },
    updateMore: (changes, revision) =>
      change('more', revision, async (remote) => {
        const written = describeSettings(remote.person, remote).filter(({ isWritten }) => isWritten);
        refuseOthers(
          changes,
          written.map(({ field }) => field.id),
        );
        await writeSettings(senders, changes);
      }),
  };
}
