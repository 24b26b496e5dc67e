// eslint-disable-next-line no-restricted-imports -- the one place that all others are sent to
import { defineAsyncComponent, type AsyncComponentLoader, type Component } from 'vue';
import { untilLoaded } from '../lib/until-loaded.ts';
import LatePart from './LatePart.vue';

/** Short enough to be told before a person asks, long enough to be seen by nobody whose program answers. */
const tellAfter = 3_000;

/** A component whose code is fetched when it is first drawn; its place says so if that takes long. */
export function loadLater<T extends Component>(load: AsyncComponentLoader<T>): T {
  return defineAsyncComponent<T>({ loader: () => untilLoaded(load), loadingComponent: LatePart, delay: tellAfter });
}
