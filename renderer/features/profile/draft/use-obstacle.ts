import { computed, type Ref } from 'vue';
import type { ProfileSnapshot } from '../../../../shared/contract/account/profile.ts';
import type { FieldPath } from '../fields/field-path.ts';

/** Why Update cannot be chosen now. */
export type Obstacle = 'nothing-changed' | 'offline' | 'conflicts';

interface ObstacleOptions {
  readonly isDirty: Readonly<Ref<boolean>>;
  readonly isOffline: Readonly<Ref<boolean>>;
  readonly snapshot: Readonly<Ref<ProfileSnapshot | undefined>>;
  readonly conflicts: Readonly<Ref<readonly FieldPath[]>>;
}

export function useObstacle({ isDirty, isOffline, snapshot, conflicts }: ObstacleOptions) {
  return computed((): Obstacle | undefined => {
    if (!isDirty.value) return 'nothing-changed';
    if (isOffline.value || snapshot.value?.source !== 'provider') return 'offline';
    return conflicts.value.length > 0 ? 'conflicts' : undefined;
  });
}
