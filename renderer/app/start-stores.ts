import { useAppStore } from '../account/app.store.ts';
import { useAccountsStore } from '../account/accounts.store.ts';
import { useReauthStore } from '../account/reauth.store.ts';
import { useMfaStore } from '../features/mfa/mfa.store.ts';
import { useProfileStore } from '../features/profile/profile.store.ts';
import { asErrorShape } from '../lib/errors/error-shape.ts';
import { useSettingsStore } from './settings.store.ts';

/** Takes the first snapshots. What cannot be read is told on the screen, by the app store's `startError`. */
export async function startStores(): Promise<void> {
  useProfileStore().start();
  await takeFirstSnapshots();
}

/** Also again, once what stood in the way is gone. */
export async function takeFirstSnapshots(): Promise<void> {
  const app = useAppStore();
  try {
    await Promise.all([app.start(), useSettingsStore().start(), useAccountsStore().start()]);
    useReauthStore().start();
    useMfaStore().start();
    app.startError = undefined;
  } catch (error) {
    app.startError = asErrorShape(error);
  }
}
