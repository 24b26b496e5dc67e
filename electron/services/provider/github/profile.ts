import type { ErrorShape } from '../../../../shared/contract/error-shape.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { OperationAccess } from '../../../../shared/contract/account/profile.ts';
import type { KnownSection } from '../../../../shared/profile-fields.ts';
import type { Refusal } from '../../http/refusal.ts';
import { refuseOthers } from '../common/section-changes.ts';
import type { ShownPicture } from '../common/shown-picture.ts';
import type { ProfileReading, ProviderAccount, SectionChanges } from '../provider.ts';
import { readEmails } from './emails.ts';
import { faultsOf, messageOf } from './http/problem-body.ts';
import type { TokenScopes } from './http/scopes.ts';
import type { Senders } from './http/senders.ts';
import { pageAccess } from './pages.ts';
import { idOf, readPerson, remotePersonSchema, type RemotePerson } from './person.ts';
import { otherFields, revisionsOf, sectionsOf } from './sections.ts';

type ProfileCalls = Pick<ProviderAccount, 'readAccount' | 'whoAmI' | 'readProfile' | 'updateSection' | 'updateMore'>;

export interface ProfileDeps {
  readonly senders: Senders;
  readonly address: string;
  readonly name: string;
  readonly scopes: TokenScopes;
  readonly picture: ShownPicture;
  readonly readOperations: () => OperationAccess;
}

/** What a field is called in the app, by its name there. */
type Names = Readonly<Record<string, string>>;

const userNames: Names = { name: 'firstName', company: 'company' };
const otherNames: Names = Object.fromEntries(otherFields.map(({ id, remote }) => [remote, id]));

/** Each write sends what changes alone, so all that the app does not know stays as it is. */
export function createGithubProfile(deps: ProfileDeps): ProfileCalls {
  const { senders, address, name, scopes, picture, readOperations } = deps;
  const send = senders();

  async function toSections(person: RemotePerson, email: string): Promise<ProfileReading['sections']> {
    const image = await picture.read(person.avatar_url);
    return sectionsOf({ person, email, image }, { writing: scopes.accessBy('user'), page: pageAccess(address) });
  }

  async function toReading(person: RemotePerson): Promise<ProfileReading> {
    const sections = await toSections(person, await readPrimary(senders, scopes, person));
    // After the requests: the first refusal tells what a token may.
    return { operations: readOperations(), sections };
  }

  /** There is no `If-Match`: what changes between this look and the write is overwritten. */
  async function write<S extends 'user' | 'more'>(
    section: S,
    revision: string,
    body: Readonly<Record<string, unknown>>,
    names: Names,
  ): Promise<ProfileReading['sections'][S]> {
    const before = await readPerson(send);
    // The address is of another section.
    if (revisionsOf(before, '')[section] !== revision) throw new AppError('conflict');
    const patch = senders('user', (refusal) => explainFields(refusal, names));
    const { body: after } = await patch({ method: 'PATCH', path: '/user', body, schema: remotePersonSchema });
    return (await toSections(after, ''))[section];
  }

  return {
    async readAccount() {
      const person = await readPerson(send);
      return { personId: idOf(person), providerName: name, profile: await toReading(person) };
    },
    whoAmI: async () => idOf(await readPerson(send)),
    readProfile: async () => toReading(await readPerson(send)),
    async updateSection<S extends KnownSection>(section: S, changes: SectionChanges[S], revision: string) {
      if (section !== 'user') throw new AppError('not-offered');
      const { firstName, company, ...others } = changes as SectionChanges['user'];
      refuseOthers(others);
      const body = { ...(firstName !== undefined && { name: firstName }), ...(company !== undefined && { company }) };
      return (await write('user', revision, body, userNames)) as ProfileReading['sections'][S];
    },
    async updateMore(changes, revision) {
      refuseOthers(changes, Object.values(otherNames));
      return write('more', revision, toRemote(changes), otherNames);
    },
  };
}

function toRemote(changes: SectionChanges['more']): Readonly<Record<string, unknown>> {
  const known = otherFields.filter(({ id }) => changes[id] !== undefined);
  return Object.fromEntries(
    known.map(({ id, remote, kind }) => [remote, kind === 'yes-no' ? changes[id] === 'true' : changes[id]]),
  );
}

/** The primary one where the token may see it; else the public one, or none. */
async function readPrimary(
  senders: Senders,
  scopes: Pick<TokenScopes, 'lacks'>,
  { email }: Pick<RemotePerson, 'email'>,
): Promise<string> {
  if (scopes.lacks('user:email')) return email ?? '';
  try {
    const { emails } = await readEmails(senders);
    return emails.find(({ isPrimary }) => isPrimary)?.email ?? email ?? '';
  } catch (error) {
    if (error instanceof AppError && ['forbidden', 'not-offered'].includes(error.code)) return email ?? '';
    throw error;
  }
}

function explainFields(refusal: Refusal, names: Names): ErrorShape | undefined {
  if (refusal.status !== 422) return undefined;
  const faults = faultsOf(refusal).flatMap(({ field, message }) => {
    const name = names[field] ?? Object.entries(names).find(([remote]) => message.toLowerCase().includes(remote))?.[1];
    return name === undefined ? [] : [[name, faultOf(`${message} ${messageOf(refusal)}`)] as const];
  });
  return faults.length > 0 ? { code: 'invalid-request', fields: Object.fromEntries(faults) } : undefined;
}

function faultOf(message: string): { readonly code: 'too-long' | 'not-valid'; readonly limit?: number } {
  const [, limit] = /too long \(maximum is (\d{1,6}) characters\)/.exec(message) ?? [];
  return limit === undefined ? { code: 'not-valid' } : { code: 'too-long', limit: Number(limit) };
}
