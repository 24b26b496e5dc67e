// eslint-disable-next-line no-restricted-imports -- the one place that all others are sent to
import { defineAsyncComponent, type AsyncComponentLoader, type Component } from 'vue';
import { untilLoaded } from '../../lib/until-loaded.ts';
import LatePart from './LatePart.vue';
import { tellAfter } from './tell-after.ts';

/**
 * A component whose code is fetched when it is first drawn; its place says so if that takes long. `placeholder` stands
 * there from the first.
 */
export function loadLater<T extends Component>(load: AsyncComponentLoader<T>, placeholder?: Component): T {
  return defineAsyncComponent<T>({
    loader: () => untilLoaded(load),
    loadingComponent: placeholder ?? LatePart,
    delay: placeholder ? 0 : tellAfter,
  });
}

/**
 * Components that `load` exports by these names, as the dialogs of a page: fetched together when the first of them is
 * drawn.
 */
export function loadAllLater<K extends string, M extends Readonly<Record<K, Component>>>(
  load: () => Promise<M>,
  ...names: readonly K[]
): Pick<M, K> {
  const all = names.map((name) => [name, loadLater(async () => (await load())[name])]);
  return Object.fromEntries(all) as Pick<M, K>;
}
