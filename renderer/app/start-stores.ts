import { useAppStore } from '../account/app.store.ts';
import { useAccountsStore } from '../account/accounts.store.ts';
import { useDraftsStore } from '../account/drafts.store.ts';
import { useReauthStore } from '../account/reauth.store.ts';
import { useMfaStore } from '../features/mfa/mfa.store.ts';
import { useSettingsStore } from '../account/settings.store.ts';

/**
 * Takes the first snapshots; again, once what stood in the way is gone. What cannot be read is told on the screen, by
 * the app store's `startError`.
 */
export async function startStores(): Promise<void> {
  const [app, settings, accounts] = [useAppStore(), useSettingsStore(), useAccountsStore()];
  await Promise.all([app.start(), settings.start(), accounts.start()]);
  app.startError = app.loadError ?? settings.loadError ?? accounts.loadError;
  app.isStarting = false;
  if (app.startError) return;
  useReauthStore().start();
  void useDraftsStore().start();
  useMfaStore().start();
}
