import { onScopeDispose, shallowRef, type Ref } from 'vue';
import { isNavigationFailure, NavigationFailureType, useRouter, type RouteLocationNormalized } from 'vue-router';

/** Whether the page that is shown gives way to another one, which is still being loaded. */
export function useLeaving(): Readonly<Ref<boolean>> {
  const router = useRouter();
  const isLeaving = shallowRef(false);
  let latest: RouteLocationNormalized | undefined;
  const stops = [
    // Whoever has something to lose was asked before.
    router.beforeEach((to) => {
      latest = to;
      isLeaving.value = true;
    }),
    // What took the place of a navigation goes on.
    router.afterEach((to, _from, failure) => {
      if (to === latest || !isNavigationFailure(failure, NavigationFailureType.cancelled)) isLeaving.value = false;
    }),
    router.onError((_error, to) => {
      if (to === latest) isLeaving.value = false;
    }),
  ];
  onScopeDispose(() => stops.forEach((stop) => stop()));
  return isLeaving;
}
