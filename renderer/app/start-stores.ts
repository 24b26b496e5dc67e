import { watch } from 'vue';
import { useAppStore } from '../account/app.store.ts';
import { useConnectionsStore } from '../account/connections.store.ts';
import { useReauthStore } from '../account/reauth.store.ts';
import { useMfaStore } from '../features/mfa/mfa.store.ts';
import { useProfileStore } from '../features/profile/profile.store.ts';
import { asErrorShape } from '../lib/error-shape.ts';
import { useSettingsStore } from './settings.store.ts';

/** Takes the first snapshots. What can not be read is told on the screen, by the app store's `startError`. */
export async function startStores(): Promise<void> {
  useProfileStore().start();
  await takeFirstSnapshots();
}

/** Also again, once what stood in the way is gone. */
export async function takeFirstSnapshots(): Promise<void> {
  const app = useAppStore();
  try {
    await Promise.all([app.start(), useSettingsStore().start(), useConnectionsStore().start()]);
    await showKeptProfile();
    useReauthStore().start();
    useMfaStore().start();
    app.startError = undefined;
  } catch (error) {
    app.startError = asErrorShape(error);
  }
}

/** Milliseconds after which the window opens with nothing to show yet. */
const patience = 100;

/** The profile opens first (W1): what is kept of it is there when the window is drawn for the first time. */
async function showKeptProfile(): Promise<void> {
  const { current } = useConnectionsStore();
  if (!current || current.state.kind === 'signed-out') return;
  const profile = useProfileStore();
  void profile.open(current.id);
  await new Promise<void>((resolve) => {
    watch(
      () => profile.snapshot,
      () => resolve(),
      { once: true, flush: 'sync' },
    );
    setTimeout(resolve, patience);
  });
}
