import type { Ref } from 'vue';
import type { FieldAccess, ProfileSnapshot } from '../../../../shared/contract/account/profile.ts';
import type { Draft } from '../draft/draft.ts';
import { choicesAt, splitPath, valueAt, type Choice, type FieldPath, type FieldValue } from './field-path.ts';

/**
 * `pending`: shown from what is kept while the provider is being asked. `resting`: can be changed once Edit is pressed
 * (C1).
 */
export type FieldState = FieldAccess | { readonly kind: 'pending' | 'resting' };

/** Whether it can be changed after a fresh proof (E12) only. */
export function needsReauth(state: FieldState): boolean {
  return state.kind === 'editable' && state.needsReauth === true;
}

interface FieldsOptions {
  readonly snapshot: Readonly<Ref<ProfileSnapshot | undefined>>;
  readonly draft: Readonly<Ref<Draft>>;
  /** Whether the provider is being asked and may still answer. */
  readonly isWaiting: Readonly<Ref<boolean>>;
  readonly isOffline: Readonly<Ref<boolean>>;
  readonly isResting: Readonly<Ref<boolean>>;
}

/** What the screen shows of each field. */
export function useFields({ snapshot, draft, isWaiting, isOffline, isResting }: FieldsOptions) {
  /** The person's own value before the provider's. */
  function valueOf(path: FieldPath): FieldValue {
    const edit = draft.value.get(path);
    if (edit) return edit.mine;
    return snapshot.value ? valueAt(snapshot.value.sections, path) : null;
  }

  /** The same as a text; empty for a picture that is absent. */
  const textOf = (path: FieldPath): string => String(valueOf(path) ?? '');

  /** What may be done with it, and why not (X6). */
  function stateOf(path: FieldPath): FieldState {
    const [section, field] = splitPath(path);
    const access = (snapshot.value?.sections[section].access as Readonly<Record<string, FieldAccess>> | undefined)?.[
      field
    ];
    if (!access) return { kind: 'pending' };
    if (access.kind === 'editable' && isOffline.value) return { kind: 'offline' };
    if (access.kind === 'editable' && isResting.value) return { kind: 'resting' };
    return access.kind === 'offline' && isWaiting.value ? { kind: 'pending' } : access;
  }

  function choicesOf(path: FieldPath): readonly Choice[] {
    return snapshot.value ? choicesAt(snapshot.value.sections, path) : [];
  }

  return { valueOf, textOf, stateOf, choicesOf };
}
