import { useConnectionsStore } from '../connections/connections.store.ts';
import { useProfileStore } from '../profile/profile.store.ts';
import { useReauthStore } from '../reauth/reauth.store.ts';
import { useMfaStore } from '../security/mfa.store.ts';
import { useSettingsStore } from '../settings/settings.store.ts';
import { asErrorShape } from '../../lib/error-shape.ts';
import { useAppStore } from './app.store.ts';

/** Takes the first snapshots. What can not be read is told on the screen, by the app store's `startError`. */
export async function startStores(): Promise<void> {
  const app = useAppStore();
  useProfileStore().start();
  try {
    await Promise.all([app.start(), useSettingsStore().start(), useConnectionsStore().start()]);
    useReauthStore().start();
    useMfaStore().start();
  } catch (error) {
    app.startError = asErrorShape(error);
  }
}
