import * as z from 'zod';
import type { DescribedField, DescribedValue } from '../../../../../shared/contract/account/described-fields.ts';
import type { ErrorShape } from '../../../../../shared/contract/error-shape.ts';
import { AppError } from '../../../../../shared/contract/errors.ts';
import type { Refusal } from '../../../http/refusal.ts';
import { readProblem } from '../http/problem.ts';
import type { Senders } from '../http/senders.ts';
import type { RemotePerson } from './person.ts';

const flag = z.boolean().nullish();
const statusSchema = z.object({
  message: z.string().max(10_000).nullish(),
  availability: z.string().max(100).nullish(),
});
const preferencesSchema = z.object({
  view_diffs_file_by_file: flag,
  show_whitespace_in_diffs: flag,
  pass_user_identities_to_ci_jwt: flag,
});

/** What a person may change of themselves by the API, beside the picture: their status and some preferences. */
export interface RemoteSettings {
  readonly status: z.infer<typeof statusSchema>;
  /** Undefined on an instance without them. */
  readonly preferences: z.infer<typeof preferencesSchema> | undefined;
}

/** Characters. */
const maxStatus = 100;

const usual = { label: '', help: '', isRequired: false, group: null, choices: [], limits: {} };

/** What only a page changes, by its name there; the app has a word for each. */
const details = [
  { id: 'pronouns', kind: 'text', of: 'pronouns' },
  { id: 'jobTitle', kind: 'text', of: 'job_title' },
  { id: 'location', kind: 'text', of: 'location' },
  { id: 'website', kind: 'link', of: 'website_url' },
  { id: 'description', kind: 'multi-line', of: 'bio' },
] as const satisfies readonly { id: string; kind: DescribedField['kind']; of: keyof RemotePerson }[];

const preferences = [
  { id: 'diffsFileByFile', of: 'view_diffs_file_by_file' },
  { id: 'diffsWhitespace', of: 'show_whitespace_in_diffs' },
  { id: 'identitiesToJobs', of: 'pass_user_identities_to_ci_jwt' },
] as const satisfies readonly { id: string; of: keyof z.infer<typeof preferencesSchema> }[];

export interface Described {
  readonly field: DescribedField;
  readonly value: string;
  /** Whether the API changes it. */
  readonly isWritten: boolean;
}

/** In the order of the screen; of details and preferences those that this instance has. */
export function describeSettings(person: RemotePerson, settings: RemoteSettings): Described[] {
  const { status, preferences: known } = settings;
  const limits = { maxLength: maxStatus };
  return [
    { field: { ...usual, id: 'status', kind: 'text', limits }, value: status.message ?? '', isWritten: true },
    { field: { ...usual, id: 'busy', kind: 'yes-no' }, value: String(status.availability === 'busy'), isWritten: true },
    ...details.flatMap(({ id, kind, of }): Described[] =>
      person[of] === undefined ? [] : [{ field: { ...usual, id, kind }, value: person[of] ?? '', isWritten: false }],
    ),
    ...preferences.flatMap(({ id, of }): Described[] =>
      typeof known?.[of] === 'boolean'
        ? [{ field: { ...usual, id, kind: 'yes-no' }, value: String(known[of]), isWritten: true }]
        : [],
    ),
  ];
}

export async function readSettings({ send }: Pick<Senders, 'send'>): Promise<RemoteSettings> {
  const [status, found] = await Promise.all([
    send({ method: 'GET', path: '/user/status', schema: statusSchema }),
    send({ method: 'GET', path: '/user/preferences', schema: preferencesSchema }).catch(unlessOlder),
  ]);
  return { status: status.body, preferences: found?.body };
}

function unlessOlder(error: unknown): undefined {
  if (!(error instanceof AppError) || (error.code !== 'not-offered' && error.code !== 'not-found')) throw error;
}

/** Sends what changed alone. The status is one record, whose other parts stay as they are. */
export async function writeSettings(
  { send, explaining }: Senders,
  changes: Readonly<Record<string, DescribedValue>>,
): Promise<void> {
  const { status, busy, ...others } = changes;
  if (status !== undefined || busy !== undefined) {
    const body = {
      ...(status !== undefined && { message: status }),
      ...(busy !== undefined && { availability: busy === 'true' ? 'busy' : 'not_set' }),
    };
    await explaining(explainStatus)({ method: 'PATCH', path: '/user/status', body, schema: z.unknown() });
  }
  const body = Object.fromEntries(
    preferences.flatMap(({ id, of }) => (others[id] === undefined ? [] : [[of, others[id] === 'true']])),
  );
  if (Object.keys(body).length > 0) await send({ method: 'PUT', path: '/user/preferences', body, schema: z.unknown() });
}

/** `message` of a status is the only text in it. */
function explainStatus(refusal: Refusal): ErrorShape | undefined {
  const said = refusal.status === 400 ? readProblem(refusal)?.fields.get('message') : undefined;
  if (said === undefined) return undefined;
  const error = /too long/.test(said)
    ? { code: 'too-long' as const, limit: maxStatus }
    : { code: 'not-valid' as const };
  return { code: 'invalid-request', fields: { status: error } };
}
