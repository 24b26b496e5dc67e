import { onMounted, readonly, shallowRef, type Ref } from 'vue';

/** Turns true once the component has been drawn: for what is below, so that the top of a page waits for nothing. */
export function useAfterFirstFrame(): Readonly<Ref<boolean>> {
  const isDrawn = shallowRef(false);
  // A frame is drawn after its callbacks, so the task after it is the first that comes too late to hold it up.
  onMounted(() => requestAnimationFrame(() => setTimeout(() => (isDrawn.value = true))));
  return readonly(isDrawn);
}
