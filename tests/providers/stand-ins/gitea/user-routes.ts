import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Answer, Route } from '../serve-stand-in.ts';
import { GiteaRefusal, readJson, requirePerson, type GiteaCall } from './gitea-call.ts';
import type { GiteaPerson, GiteaState } from './state.ts';

const text = z.string();
const settingsSchema = z.object({
  full_name: text.max(100),
  website: text.max(255).refine((website) => website === '' || /^https?:\/\/[^\s/]+/.test(website), 'Url'),
  description: text.max(255),
  location: text.max(50),
  language: text,
  theme: text,
  diff_view_style: text,
  hide_email: z.boolean(),
  hide_activity: z.boolean(),
  pronouns: text.max(50),
});

/** Of a picture, as it comes. */
const maxAvatarBytes = 1024 * 1024;

export const userRoutes: readonly Route<GiteaCall>[] = [
  {
    method: 'GET',
    path: '/api/v1/user',
    answer: (call) => ({ status: 200, json: describePerson(call.state, requirePerson(call)) }),
  },
  {
    method: 'GET',
    path: '/api/v1/user/settings',
    answer: (call) => ({ status: 200, json: requirePerson(call).settings }),
  },
  {
    method: 'PATCH',
    path: '/api/v1/user/settings',
    answer: (call) => {
      const person = requirePerson(call);
      const changes = readJson(call, settingsSchema.partial());
      if (call.state.options.flavour === 'gitea') delete changes.pronouns;
      person.settings = { ...person.settings, ...definedOf(changes) };
      return { status: 200, json: person.settings };
    },
  },
  {
    method: 'POST',
    path: '/api/v1/user/avatar',
    answer: (call) => {
      const person = requirePerson(call);
      const { image } = readJson(call, z.object({ image: text.min(1) }));
      if (!/^[A-Za-z0-9+/]*={0,2}$/.test(image)) throw new GiteaRefusal(400, 'illegal base64 data at input byte 0');
      const avatar = Buffer.from(image, 'base64');
      // A picture that it cannot read is a fault of the server, without a word.
      if (avatar.length > maxAvatarBytes || !isPicture(avatar)) throw new GiteaRefusal(500, '');
      person.avatar = avatar;
      return { status: 204 };
    },
  },
  {
    method: 'DELETE',
    path: '/api/v1/user/avatar',
    answer: (call) => {
      requirePerson(call).avatar = undefined;
      return { status: 204 };
    },
  },
];

/** As `looker` sees the person: themselves, somebody else, or somebody who has not signed in. */
export function describePerson(state: GiteaState, person: GiteaPerson, looker: GiteaPerson | null = person): object {
  const { id, login, settings, created, emails, lastLogin } = person;
  const isOther = person !== looker;
  const own = {
    login_name: '',
    source_id: 0,
    language: isOther ? '' : settings.language,
    is_admin: false,
    last_login: isOther ? '0001-01-01T00:00:00Z' : toTime(lastLogin),
    restricted: false,
    active: !isOther,
    prohibit_login: false,
  };
  const primary = emails.find((email) => email.primary)?.email ?? '';
  return {
    id,
    login,
    ...own,
    full_name: settings.full_name,
    email: !looker || (isOther && settings.hide_email) ? `${id}+${login}@noreply.localhost` : primary,
    avatar_url: `${state.address}/avatars/${avatarName(person)}`,
    html_url: `${state.address}/${login}`,
    created: toTime(created),
    location: settings.location,
    website: settings.website,
    description: settings.description,
    ...(state.options.flavour === 'forgejo' && { pronouns: settings.pronouns ?? '' }),
    visibility: 'public',
    followers_count: 0,
    following_count: 0,
    starred_repos_count: 0,
    username: login,
  };
}

/** Another one for each picture; where there is none a pattern is drawn for the person, always the same. */
function avatarName({ login, avatar }: GiteaPerson): string {
  return avatar
    ? createHash('sha256').update(login).update(avatar).digest('hex')
    : createHash('md5').update(login).digest('hex');
}

/** As a program that looks at it would take it. */
const drawn = Buffer.from('\x89PNG\r\n\x1a\n a pattern', 'latin1');

/** For whoever asks. */
export function answerAvatar({ people }: GiteaState, pathname: string): Answer | undefined {
  const person = people.find((each) => pathname === `/avatars/${avatarName(each)}`);
  return person && { status: 200, bytes: person.avatar ?? drawn };
}

/** Whole seconds, as Gitea writes them. */
export function toTime(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z');
}

function isPicture(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 4).toString('latin1');
  return start === '\u0089PNG' || start.startsWith('\u00FF\u00D8\u00FF') || start === 'GIF8' || start === 'RIFF';
}

function definedOf<T extends object>(changes: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as never;
}
