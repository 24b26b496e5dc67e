import type { FieldAccess, ProfileSnapshot } from '../../../../shared/contract/account/profile.ts';
import type { FieldPath } from '../../../../shared/profile-fields.ts';
import { splitPath } from './field-path.ts';

/**
 * `pending`: shown from the cache while the provider is being asked. `resting`: can be changed once Edit is pressed
 * (C1).
 */
export type FieldState = FieldAccess | { readonly kind: 'pending' | 'resting' };

/** Whether it can be changed after a fresh proof (E12) only. */
export function needsReauth(state: FieldState): boolean {
  return state.kind === 'editable' && state.needsReauth === true;
}

/** What this person may do with a field; undefined while that is not known. */
export function accessOf(snapshot: ProfileSnapshot | undefined, path: FieldPath): FieldAccess | undefined {
  const [section, field] = splitPath(path);
  const access: Readonly<Record<string, FieldAccess>> = snapshot?.sections[section].access ?? {};
  return access[field];
}

/** What may be done with a field now. `access` is undefined while that is not known. */
export function fieldState(
  access: FieldAccess | undefined,
  page: {
    readonly isOffline: boolean;
    readonly isResting: boolean;
    /** What is kept is shown, while the provider is being asked. */
    readonly isAwaited: boolean;
  },
): FieldState {
  if (!access) return { kind: 'pending' };
  const isOpen = access.kind === 'editable' || access.kind === 'offline';
  if (isOpen && page.isAwaited && !page.isOffline) return { kind: 'pending' };
  return access.kind === 'editable' && page.isResting ? { kind: 'resting' } : access;
}
