import {
  activityActs,
  activityAreas,
  type ActivityAct,
  type ActivityArea,
} from '../../../shared/rules/activity-words.ts';
import type { Operation } from '../../../shared/contract/account/operations.ts';
import type { ActivityChange, ActivityEntry } from '../../../shared/contract/activity.ts';
import { fieldPaths, isDescribed, type FieldName, type FieldPath } from '../../../shared/profile-fields.ts';
import { localDay } from '../../../shared/rules/local-day.ts';
import { formatClock, formatCountry, formatExactTime, joinFacts } from '../../lib/formats.ts';
import { t, type TextKey } from '../../lib/i18n/text.ts';

/** Facts of what is no field of the profile, by their names in entries. */
const ownFields = [
  'title',
  'name',
  'expiresAt',
  'isActive',
  'scopes',
  'isOn',
  'madeAt',
  'remaining',
  'isPrimary',
  'isVerified',
  'grants',
] as const;
type OwnField = (typeof ownFields)[number];

/** Fields of the profile that nobody changes here, each with its section. */
const readOnlyFields = { registeredAt: 'user', sentTo: 'notifications' } as const;
const readOnlyPaths = new Map(
  Object.entries(readOnlyFields).map(([name, section]) => [`${section}.${name}`, name as keyof typeof readOnlyFields]),
);

/** `sshKeys.add` as `sshKeysAdd`. */
type ActKey<A extends ActivityAct> = A extends `${infer Group}.${infer Verb}` ? `${Group}${Capitalize<Verb>}` : never;

function actText(act: ActivityAct, count = 1): string {
  const key = act.replace(/\.(.)/, (_dot, letter: string) => letter.toUpperCase()) as ActKey<ActivityAct>;
  return t(`activity.acts.${key}`, { count });
}

/** What is done on pages of services alone, and so is no act of this app. */
const pageOperations: Readonly<Partial<Record<string, TextKey>>> = {
  'email.change': 'activity.pages.emailChange',
  'avatar.change': 'activity.pages.avatarChange',
  'avatar.remove': 'activity.pages.avatarRemove',
  'passkeys.add': 'activity.pages.passkeysAdd',
  'passkeys.remove': 'activity.pages.passkeysRemove',
} satisfies Partial<Record<Operation, TextKey>>;

/** What an entry is about, in a few words. */
export function entryTitle(entry: ActivityEntry): string {
  if (entry.type === 'act') return actText(entry.act, entry.count);
  const { area, change, field, label } = entry;
  if (field !== null) return fieldTitle(field, label);
  if (area === 'profile' || area === 'password' || area === 'account' || change === 'changed')
    return t(`activity.areas.${area}`);
  return t(`activity.${change}.${area}`);
}

function fieldTitle(field: string, label: string | null): string {
  const own = isOwnField(field) ? field : readOnlyPaths.get(field);
  if (own) return t(`activity.fields.${own}`);
  if (label !== null || !isKnownPath(field)) return label ?? field.replace(/^more\./, '');
  return t(`profile.fields.${lastName(field)}`);
}

/** The name after the section: every one is in the catalogue, under the same word. */
function lastName<P extends string>(path: P): P extends `${string}.${infer Name}` ? Name : P {
  return path.slice(path.indexOf('.') + 1) as P extends `${string}.${infer Name}` ? Name : P;
}

function isOwnField(field: string): field is OwnField {
  return ownFields.some((each) => each === field);
}

function isKnownPath(field: string): field is Exclude<FieldPath, `more.${string}`> & `${string}.${FieldName}` {
  return !isDescribed(field) && fieldPaths.some((each) => each === field);
}

/** What tells it from others of its kind; of a change what it was and what it is. */
export function entryFacts(entry: ActivityEntry): string {
  const about = joinFacts(subjectText(entry), entry.type === 'act' ? '' : shortDetail(entry));
  if (entry.type === 'act' || entry.field === null) return about || joinFacts(entry.detail);
  return joinFacts(entry.area === 'profile' ? '' : entry.subject, changeText(entry));
}

function shortDetail({ area, detail }: ActivityEntry): string {
  return area === 'sessions' || area === 'linkedAccounts' || area === 'applications' ? detail : '';
}

/** A page that was opened is named by the operation, in the words of acts where there are some. */
export function subjectText({ subject, type, area }: ActivityEntry): string {
  if (type === 'act' && isAct(subject)) return actText(subject);
  const operation = type === 'act' ? pageOperations[subject] : undefined;
  if (operation) return t(operation);
  return subject || (type === 'change' && area === 'sessions' ? t('activity.unknownSession') : '');
}

function isAct(word: string): word is ActivityAct {
  return activityActs.some((act) => act === word);
}

/** Neither value of a picture is kept, and of a long text its begin. */
function changeText(change: ActivityChange): string {
  if (change.from === null && change.to === null) return t('activity.value.unshown');
  if (change.from === change.to) return t('activity.value.alike');
  return t('activity.value.changed', { from: valueText(change, 'from'), to: valueText(change, 'to') });
}

export function valueText(change: ActivityChange, side: 'from' | 'to'): string {
  const value = change[side];
  if (value === null || value === '') return t('activity.value.none');
  if (value === 'true') return t('activity.value.yes');
  if (value === 'false') return t('activity.value.no');
  if (change.field === 'contact.country') return formatCountry(value);
  return isInstant(value) ? formatExactTime(value) : value;
}

function isInstant(value: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value);
}

export function byOf(entry: ActivityEntry): ActivityChange['by'] {
  return entry.type === 'act' ? 'you' : entry.by;
}

/** Of a change nobody knows: what was done here explains it, and so does who did the same elsewhere in that time. */
export function byHint(entry: ActivityEntry): string {
  const by = byOf(entry);
  if (entry.type === 'act' || by !== 'you') return t(`activity.byHint.${by}`, pageTexts(entry));
  return t('activity.byHint.fits');
}

/** Of a page that was opened; an import may know of none. */
function pageTexts(entry: ActivityEntry): { area: string; time: string } {
  const { area, at } = entry;
  const openedAt = (entry.type === 'change' && entry.pageOpenedAt) || at;
  const isSameDay = localDay(openedAt) === localDay(at);
  return { area: t(`activity.areas.${area}`), time: isSameDay ? formatClock(openedAt) : formatExactTime(openedAt) };
}

/** Areas, acts and fields whose words on this screen hold what is looked for: the services know no words. */
export function findWords(text: string): {
  matchingAreas: ActivityArea[];
  matchingActs: ActivityAct[];
  matchingFields: string[];
} {
  const wanted = text.trim().toLocaleLowerCase();
  const holds = (words: string) => words.toLocaleLowerCase().includes(wanted);
  if (!wanted) return { matchingAreas: [], matchingActs: [], matchingFields: [] };
  return {
    matchingAreas: activityAreas.filter((area) => holds(t(`activity.areas.${area}`))),
    matchingActs: activityActs.filter((act) => holds(actText(act))),
    matchingFields: [...ownFields, ...readOnlyPaths.keys(), ...fieldPaths].filter((field) =>
      holds(fieldTitle(field, null)),
    ),
  };
}
