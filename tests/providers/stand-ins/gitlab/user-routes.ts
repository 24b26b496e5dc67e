import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Answer, Call, Route } from '../serve-stand-in.ts';
import { GitlabRefusal, readJson, requirePerson, type GitlabCall } from './gitlab-call.ts';
import { isSince, type GitlabPerson, type GitlabState } from './state.ts';

const statusSchema = z.object({
  emoji: z.string().nullish(),
  message: z.string().nullish(),
  availability: z.string().nullish(),
  clear_status_after: z.string().nullish(),
});

const preferencesSchema = z.object({
  view_diffs_file_by_file: z.boolean().optional(),
  show_whitespace_in_diffs: z.boolean().optional(),
  pass_user_identities_to_ci_jwt: z.boolean().optional(),
});

/** Bytes. */
const maxAvatar = 200 * 1_024;
/** Characters of a status. */
const maxStatus = 100;

export const userRoutes: readonly Route<GitlabCall>[] = [
  {
    method: 'GET',
    path: '/api/v4/version',
    answer: (call) => {
      requirePerson(call);
      return { status: 200, json: { version: call.state.options.version, revision: '0123abcd' } };
    },
  },
  {
    method: 'GET',
    path: '/api/v4/user',
    answer: (call) => ({ status: 200, json: describePerson(call.state, requirePerson(call)) }),
  },
  {
    method: 'GET',
    path: '/api/v4/user/status',
    answer: (call) => ({ status: 200, json: describeStatus(requirePerson(call)) }),
  },
  { method: 'PUT', path: '/api/v4/user/status', answer: (call) => setStatus(call, true) },
  { method: 'PATCH', path: '/api/v4/user/status', answer: (call) => setStatus(call, false) },
  {
    method: 'GET',
    path: '/api/v4/user/preferences',
    answer: (call) => ({ status: 200, json: describePreferences(requirePerson(call)) }),
  },
  {
    method: 'PUT',
    path: '/api/v4/user/preferences',
    answer: (call) => {
      const person = requirePerson(call);
      const changes = readJson(call, preferencesSchema);
      if (Object.keys(changes).length === 0)
        throw new GitlabRefusal(400, '', {
          error:
            'view_diffs_file_by_file, show_whitespace_in_diffs, pass_user_identities_to_ci_jwt are missing, at least one parameter must be provided',
        });
      Object.assign(person.preferences, changes);
      return { status: 200, json: describePreferences(person) };
    },
  },
  { method: 'PUT', path: '/api/v4/user/avatar', answer: setAvatar },
];

/** PUT empties what is left out, PATCH leaves it. */
function setStatus(call: GitlabCall, isWhole: boolean): Answer {
  const person = requirePerson(call);
  if (!isWhole && !isSince(call.state, '15.0')) return { status: 405, json: { error: '405 Not Allowed' } };
  const changes = readJson(call, statusSchema);
  const next = {
    ...(isWhole ? { emoji: null, message: null, availability: 'not_set', clear_status_at: null } : person.status),
    ...Object.fromEntries(
      Object.entries(changes).filter(([name, value]) => name !== 'clear_status_after' && value !== undefined),
    ),
  } as GitlabPerson['status'];
  if ((next.message ?? '').length > maxStatus)
    throw new GitlabRefusal(400, { message: ['is too long (maximum is 100 characters)'] });
  if (!['not_set', 'busy'].includes(next.availability))
    throw new GitlabRefusal(400, { availability: ['is not included in the list'] });
  person.status = next;
  return { status: 200, json: describeStatus(person) };
}

function describeStatus({ status: { emoji, message, availability, clear_status_at: end } }: GitlabPerson): object {
  const html = message === null ? null : `<p>${message}</p>`;
  return { emoji, message, availability, message_html: html, clear_status_at: end?.toISOString() ?? null };
}

function describePreferences({ id, preferences }: GitlabPerson): object {
  return { id, user_id: id, ...preferences };
}

/** Multipart, one file. */
function setAvatar(call: GitlabCall): Answer {
  const person = requirePerson(call);
  if (!isSince(call.state, '17.0')) return { status: 404, json: { error: '404 Not Found' } };
  const file = readFile(call.call, 'avatar');
  if (!file) throw new GitlabRefusal(400, '', { error: 'avatar is missing' });
  if (file.length > maxAvatar) throw new GitlabRefusal(400, 'Avatar is too big (should be at most 200 KiB)');
  if (!isPicture(file)) throw new GitlabRefusal(400, 'Avatar file format is not supported.');
  person.avatar = file;
  return { status: 200, json: { avatar_url: avatarUrl(call.state, person) } };
}

/** The bytes of one part of a form (RFC 7578), with a file name. */
function readFile({ headers, bytes }: Call, name: string): Buffer | undefined {
  const [, boundary] =
    /^multipart\/form-data; *boundary=([\w'()+,./:=?-]{1,70})$/.exec(headers['content-type'] ?? '') ?? [];
  if (boundary === undefined) return undefined;
  const text = bytes.toString('latin1');
  const part = text.split(`--${boundary}`).find((each) => {
    const [head = ''] = each.split('\r\n\r\n', 1);
    return head.includes(`; name="${name}"; filename=`);
  });
  if (part === undefined) return undefined;
  return Buffer.from(part.slice(part.indexOf('\r\n\r\n') + 4, -2), 'latin1');
}

function describePerson(state: GitlabState, person: GitlabPerson): object {
  const { id, username, name, email, created, details, pronouns, identities, hasSecondFactor } = person;
  return {
    ...{ id, username, name, state: 'active', locked: false, avatar_url: avatarUrl(state, person) },
    web_url: `${state.address}/${username}`,
    created_at: created.toISOString(),
    ...details,
    ...{ pronouns, bot: false, public_email: '', skype: '', linkedin: '', twitter: '', discord: '' },
    ...{ email, commit_email: email, identities, two_factor_enabled: hasSecondFactor },
    ...{ external: false, private_profile: false, can_create_group: true, can_create_project: true },
    ...{ last_sign_in_at: null, current_sign_in_at: null, confirmed_at: created.toISOString() },
    ...{ last_activity_on: null, theme_id: null, color_scheme_id: 1, projects_limit: 100_000 },
  };
}

/** A pattern of Gravatar where there is none. */
function avatarUrl({ address }: GitlabState, { id, email, avatar }: GitlabPerson): string {
  if (!avatar) {
    const hash = createHash('sha256').update(email).digest('hex');
    return `https://www.gravatar.example/avatar/${hash}?s=80&d=identicon`;
  }
  return `${address}/uploads/-/system/user/avatar/${id}/avatar-${createHash('md5').update(avatar).digest('hex')}.png`;
}

/** For whoever asks. */
export function answerAvatar(state: GitlabState, pathname: string): Answer | undefined {
  const person = state.people.find((each) => new URL(avatarUrl(state, each)).pathname === pathname);
  return person?.avatar && { status: 200, bytes: person.avatar };
}

function isPicture(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 4).toString('latin1');
  return start === '\u0089PNG' || start.startsWith('\u00FF\u00D8\u00FF') || start === 'GIF8';
}
