import * as z from 'zod';
import type { ErrorShape, FieldErrors } from '../../../../../shared/contract/error-shape.ts';
import type { FieldErrorCode } from '../../../../../shared/contract/errors.ts';
import { cleanShort } from '../../../core/clean-text.ts';
import type { Refusal } from '../../../http/refusal.ts';
import { remoteFlowSchema, type RemoteFlow, type RemoteMessage } from './flow.ts';

/** A refusal that is no form: what it is about is its id, which not every one has. */
const remoteErrorSchema = z.object({
  error: z.object({ id: z.string().max(200).nullish(), reason: z.string().max(10_000).nullish() }),
});

const byId: Readonly<Record<string, ErrorShape>> = {
  session_inactive: { code: 'unauthenticated', reason: 'session-ended' },
  session_aal1_required: { code: 'unauthenticated', reason: 'session-ended' },
  session_refresh_required: { code: 'reauth-required' },
  // A second factor was set up since; without it the session may do nothing more.
  session_aal2_required: { code: 'reauth-required' },
  security_identity_mismatch: { code: 'forbidden' },
  self_service_flow_disabled: { code: 'not-offered' },
  // The form is too old, or another took its place: one that is opened anew will do.
  self_service_flow_expired: { code: 'not-found' },
  self_service_flow_replaced: { code: 'not-found' },
  // Only a browser gets on from here.
  browser_location_change_required: { code: 'not-offered' },
};

export function idOf({ body }: Pick<Refusal, 'body'>): string | undefined {
  return remoteErrorSchema.safeParse(body).data?.error.id ?? undefined;
}

/** Undefined leaves it to the status. */
export function explainById(refusal: Refusal): ErrorShape | undefined {
  const isOwn = remoteErrorSchema.safeParse(refusal.body).success;
  // Something before it that wants to know who this is: no word of the service.
  if (!isOwn && [401, 403].includes(refusal.status))
    return { code: 'untrusted-answer', reason: 'not-a-profile-service' };
  return byId[idOf(refusal) ?? ''];
}

/** Where an input stands in the app. */
interface FieldOfForm {
  readonly field: string;
  /** What is wrong there where the service has no number for it: what it takes is known by its kind. */
  readonly otherwise?: FieldErrorCode | undefined;
}

/** By the name of an input; the empty one stands for the form as a whole. Undefined: not filled in by the app. */
export type FieldOf = (name: string) => FieldOfForm | undefined;

/**
 * What a form that came back says (status 400), by the ids of its messages: they are the same in every language.
 * Undefined where it is no form, or says nothing.
 */
export function explainForm(refusal: Refusal, fieldOf: FieldOf = () => undefined): ErrorShape | undefined {
  const flow = remoteFlowSchema.safeParse(refusal.body).data;
  if (!flow) return undefined;
  const own = (flow.ui.messages ?? []).filter(isProblem);
  const all = [...own, ...flow.ui.nodes.flatMap(({ messages }) => (messages ?? []).filter(isProblem))];
  const known = all.flatMap(({ id }) => byMessage.get(id) ?? [])[0];
  if (known) return known;
  const fields = Object.fromEntries([...ofNodes(flow, fieldOf), ...ofForm(own, fieldOf)]);
  return { code: 'invalid-request', ...(Object.keys(fields).length > 0 && { fields }) };
}

type Found = [string, FieldErrors[string]];

function ofNodes({ ui }: RemoteFlow, fieldOf: FieldOf): Found[] {
  return ui.nodes.flatMap(({ attributes, messages }) => {
    const [problem] = (messages ?? []).filter(isProblem);
    const place = fieldOf(attributes.name ?? '');
    return problem && place && attributes.name ? [toFound(problem, place)] : [];
  });
}

/** Of the form as a whole it says that an identifier is taken: which one that is, only it knows. */
function ofForm(messages: readonly RemoteMessage[], fieldOf: FieldOf): Found[] {
  const place = fieldOf('');
  return place ? messages.slice(0, 1).map((message) => toFound(message, place)) : [];
}

function isProblem({ type }: RemoteMessage): boolean {
  return type === 'error';
}

const wrongCode: ErrorShape = { code: 'unauthenticated', reason: 'wrong-code' };

/** Messages that say it all, wherever they stand (`text/id.go` of Kratos). */
const byMessage: ReadonlyMap<number, ErrorShape> = new Map<number, ErrorShape>([
  [4_000_006, { code: 'unauthenticated', reason: 'wrong-credentials' }],
  [4_000_008, wrongCode],
  [4_000_010, { code: 'unauthenticated', reason: 'address-not-confirmed' }],
  // No authenticator app is set up, or no recovery codes.
  [4_000_011, wrongCode],
  [4_000_012, wrongCode],
  [4_000_014, wrongCode],
  [4_000_016, wrongCode],
  [4_010_001, { code: 'not-found' }],
  [4_050_001, { code: 'not-found' }],
]);

/** Messages of one field. */
const fieldCodes: ReadonlyMap<number, FieldErrorCode> = new Map<number, FieldErrorCode>([
  [4_000_002, 'required'],
  [4_000_003, 'too-short'],
  [4_000_007, 'taken'],
  [4_000_017, 'too-long'],
  [4_000_018, 'out-of-range'],
  [4_000_019, 'out-of-range'],
  [4_000_020, 'out-of-range'],
  [4_000_021, 'out-of-range'],
  [4_000_022, 'out-of-range'],
  [4_000_023, 'too-many'],
  [4_000_024, 'too-few'],
  [4_000_025, 'duplicate'],
  [4_000_027, 'taken'],
  [4_000_028, 'taken'],
  [4_000_031, 'like-own-name'],
  [4_000_032, 'too-short'],
  [4_000_033, 'too-long'],
  [4_000_034, 'leaked'],
  [4_000_039, 'same-as-before'],
  [4_000_040, 'not-an-email'],
  [4_000_041, 'not-a-phone'],
]);

/** Characters. */
const maxTextLength = 300;

/** In place of a number of its own it has a sentence, of whoever wrote the rule. */
const saysWhy: ReadonlySet<number> = new Set([4_000_001, 4_000_005]);

function toFound({ id, text, context }: RemoteMessage, { field, otherwise }: FieldOfForm): Found {
  const code = fieldCodes.get(id) ?? otherwise ?? 'not-valid';
  const limit = context?.[code === 'too-short' ? 'min_length' : 'max_length'];
  const hasLimit = (code === 'too-short' || code === 'too-long') && Number.isSafeInteger(limit);
  if (hasLimit) return [field, { code, limit: Number(limit) }];
  const why = code === 'not-valid' && saysWhy.has(id) ? cleanShort(text, maxTextLength) : '';
  return [field, { code, ...(why && { text: why }) }];
}
