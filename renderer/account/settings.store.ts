import { defineStore } from 'pinia';
import { computed, shallowRef, watchEffect } from 'vue';
import type { ErrorShape } from '../../shared/contract/error-shape.ts';
import type { Settings } from '../../shared/contract/settings.ts';
import { useHost } from '../host/host.ts';
import { asErrorShape } from '../lib/errors/error-shape.ts';
import { createResource } from '../lib/resource/resource.ts';

export const useSettingsStore = defineStore('settings', () => {
  const host = useHost();
  const {
    snapshot: settings,
    loadError,
    apply,
    open: start,
  } = createResource(host, 'settings.changed', { read: () => host.calls.settings.get() });
  const error = shallowRef<ErrorShape>();
  const theme = computed(() => settings.value?.theme ?? 'system');

  const lockAfterMinutes = computed(() => settings.value?.lockAfterMinutes ?? null);
  const takesKeysBack = computed(() => settings.value?.takeKeysBackOnLock ?? true);

  watchEffect(() => {
    if (settings.value) showTheme(settings.value.theme);
  });

  /** Takes effect at once; if it cannot be kept, `error` says why. */
  async function change(changes: Partial<Settings>): Promise<void> {
    if (settings.value) apply({ ...settings.value, ...changes });
    error.value = undefined;
    try {
      apply(await host.calls.settings.update(changes));
    } catch (reason) {
      error.value = asErrorShape(reason);
    }
  }

  const setTheme = (chosen: Settings['theme']): Promise<void> => change({ theme: chosen });
  const setLockAfter = (minutes: Settings['lockAfterMinutes']): Promise<void> => change({ lockAfterMinutes: minutes });
  const setTakesKeysBack = (takesBack: boolean): Promise<void> => change({ takeKeysBackOnLock: takesBack });

  /** In the end, or not at all: what is kept of activity may go for good by it. Errors: those of the call. */
  async function keep(changes: Pick<Partial<Settings>, 'activityLimit' | 'notifyOfNew'>): Promise<void> {
    apply(await host.calls.settings.update(changes));
  }

  return {
    settings,
    theme,
    lockAfterMinutes,
    takesKeysBack,
    loadError,
    error,
    start,
    setTheme,
    setLockAfter,
    setTakesKeysBack,
    keep,
  };
});

/** The copy in localStorage is what public/theme.js shows before the first paint of the next start. */
function showTheme(theme: Settings['theme']): void {
  if (theme === 'system') {
    delete document.documentElement.dataset['theme'];
    localStorage.removeItem('theme');
  } else {
    document.documentElement.dataset['theme'] = theme;
    localStorage.setItem('theme', theme);
  }
}
