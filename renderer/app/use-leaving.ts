import { onScopeDispose, shallowRef, type Ref } from 'vue';
import { isNavigationFailure, NavigationFailureType, useRouter } from 'vue-router';

/** Whether the page that is shown gives way to another one, which is still being loaded. */
export function useLeaving(): Readonly<Ref<boolean>> {
  const router = useRouter();
  const isLeaving = shallowRef(false);
  const stops = [
    // Whoever has something to lose was asked before.
    router.beforeEach(() => void (isLeaving.value = true)),
    // What took the place of a navigation goes on.
    router.afterEach((_to, _from, failure) => {
      if (!isNavigationFailure(failure, NavigationFailureType.cancelled)) isLeaving.value = false;
    }),
    router.onError(() => void (isLeaving.value = false)),
  ];
  onScopeDispose(() => stops.forEach((stop) => stop()));
  return isLeaving;
}
