import { isBlank } from '../../../../shared/blank-text.ts';
import type { ProfileSnapshot, ProfileUpdate, SectionName } from '../../../../shared/contract/account/profile.ts';
import { sectionNames, type FieldPath } from '../../../../shared/profile-fields.ts';
import {
  ascending,
  accessAt,
  describedAt,
  isOfferedAt,
  isSame,
  isTexts,
  isThresholds,
  pathsOf,
  splitPath,
  valueAt,
  type FieldValue,
  type Sections,
} from '../fields/field-path.ts';

/** What a day holds of which a part is missing. */
export const halfTyped = '?';

/** One changed field. Fields that were not changed have none, so what others change is never sent back. */
export interface Edit {
  /** The value that the person changed. */
  readonly base: FieldValue;
  readonly mine: FieldValue;
  /** What it became elsewhere since. Present until the person has chosen. */
  readonly theirs?: FieldValue;
  /**
   * What the screen called the field, and what it showed for `mine`. There where only the service knows either: it may
   * have the field no more when the draft comes back (X5).
   */
  readonly shown?: { readonly label: string; readonly value: string };
}

export type Draft = ReadonlyMap<FieldPath, Edit>;

export const emptyDraft: Draft = new Map();

/**
 * Takes over what was typed; the value it had before is no change. Typing chooses nothing: what the other side has
 * stays to be asked about, also once the draft comes back (X5).
 */
export function changeField(draft: Draft, sections: Sections, path: FieldPath, mine: FieldValue): Draft {
  const before = draft.get(path);
  const now = valueAt(sections, path);
  if (isSame(mine, now)) return without(draft, path);
  const edit = before?.theirs === undefined ? { base: now, mine } : { base: before.base, mine, theirs: before.theirs };
  return new Map(draft).set(path, edit);
}

/** Remembers how the screen shows a change, if there is one. */
export function describeEdit(draft: Draft, path: FieldPath, shown: Edit['shown']): Draft {
  const edit = draft.get(path);
  return edit && shown ? new Map(draft).set(path, { ...edit, shown }) : draft;
}

export function without(draft: Draft, path: FieldPath): Draft {
  const rest = new Map(draft);
  rest.delete(path);
  return rest;
}

/**
 * Puts the draft on newer values. A field changed on both sides keeps both, until the person has chosen; what the other
 * side has already is no change any more, if it `isNewest`: the cache may be older than the draft.
 */
export function rebase(draft: Draft, sections: Sections, isNewest = true): Draft {
  const rebased = new Map<FieldPath, Edit>();
  for (const [path, { theirs: _, ...edit }] of draft) {
    const theirs = valueAt(sections, path);
    const isThere = isSame(theirs, edit.mine);
    if (isThere && isNewest && isOfferedAt(sections, path)) continue;
    const isClash = !isThere && !isSame(theirs, edit.base) && !isStranded(sections, path, edit);
    rebased.set(path, isClash ? { ...edit, theirs } : edit);
  }
  return rebased;
}

/**
 * Whether the form has no place for a change any more (X5): the field is gone, may not be changed by this person now,
 * or is filled in in another way. It is not sent, and not thrown away either.
 */
function isStranded(sections: Sections, path: FieldPath, { mine }: Edit): boolean {
  const access = accessAt(sections, path);
  const isOpen = access === 'editable' || access === 'offline';
  return !isOpen || formOf(mine) !== formOf(valueAt(sections, path)) || !canShow(sections, path, mine);
}

/** Whether the control of a described field has a way to show a value; a choice that is gone stays among the others. */
function canShow(sections: Sections, path: FieldPath, mine: FieldValue): boolean {
  if (typeof mine !== 'string' || mine === '') return true;
  const kind = describedAt(sections, path)?.kind;
  if (kind === 'yes-no') return mine === 'true' || mine === 'false';
  return kind !== 'date' || mine === halfTyped || /^\d{4}-\d\d-\d\d$/.test(mine);
}

/** The changes that have a place in the form, or those that have none. Before anything is known, all have one. */
export function placed(draft: Draft, sections: Sections | undefined, isPlaced = true): Draft {
  if (!sections) return isPlaced ? draft : emptyDraft;
  return new Map([...draft].filter(([path, edit]) => isStranded(sections, path, edit) !== isPlaced));
}

/** How a value is filled in; a picture may be absent. */
function formOf(value: FieldValue): 'text' | 'number' | 'boolean' | 'list' {
  if (typeof value === 'number' || typeof value === 'boolean') return typeof value as 'number' | 'boolean';
  return Array.isArray(value) ? 'list' : 'text';
}

export function keepMine(draft: Draft, path: FieldPath): Draft {
  const edit = draft.get(path);
  return edit && isConflicting(edit) ? new Map(draft).set(path, onTheirs(edit)) : draft;
}

function onTheirs({ theirs, ...edit }: Edit): Edit {
  return { ...edit, base: theirs ?? edit.base };
}

export function isConflicting(edit: Edit | undefined): boolean {
  return edit?.theirs !== undefined;
}

/** Fields whose value differs between two snapshots, in the order of the screen. */
export function changedFields(before: Sections, after: Sections): FieldPath[] {
  return pathsOf(after).filter((path) => !isSame(valueAt(before, path), valueAt(after, path)));
}

/** Only what was changed, each section with the revision it was changed from. */
export function toUpdate(draft: Draft, { accountId, sections }: ProfileSnapshot): ProfileUpdate {
  const changes: Partial<Record<SectionName, Record<string, FieldValue>>> = {};
  for (const [path, { mine }] of draft) {
    const [section, field] = splitPath(path);
    changes[section] = { ...changes[section], [field]: toSent(mine) };
  }
  const named = sectionNames.filter((name) => changes[name]);
  return {
    accountId,
    ...Object.fromEntries(named.map((name) => [name, { revision: sections[name].revision, changes: changes[name] }])),
  };
}

/** As a provider keeps it; a row that was added and left empty is none. */
function toSent(mine: FieldValue): FieldValue {
  if (isTexts(mine)) return mine.filter((text) => !isBlank(text));
  return isThresholds(mine) ? ascending(mine) : mine;
}

/** Drops what was saved of a section, from a draft on the saved values; what was typed after sending stays a change. */
export function dropSaved(draft: Draft, sent: Draft, section: SectionName): Draft {
  const rest = new Map(draft);
  for (const [path, { mine }] of sent) {
    if (splitPath(path)[0] !== section) continue;
    const edit = rest.get(path);
    if (edit && isSame(edit.mine, mine)) rest.delete(path);
    else if (edit) rest.set(path, onTheirs(edit));
  }
  return rest;
}

/** Why Update cannot be chosen now. */
export type Obstacle = 'nothing-changed' | 'offline' | 'conflicts';

export function findObstacle(draft: Draft, isReachable: boolean): Obstacle | undefined {
  if (draft.size === 0) return 'nothing-changed';
  if (!isReachable) return 'offline';
  return [...draft.values()].some(isConflicting) ? 'conflicts' : undefined;
}

/** What was dropped is there again, behind what was typed since. `shown`: what is known of the account now. */
export function restore(dropped: Draft, since: Draft, shown: ProfileSnapshot | undefined): Draft {
  const both: Draft = new Map([...dropped, ...since]);
  return shown ? rebase(both, shown.sections, shown.source === 'provider') : both;
}
