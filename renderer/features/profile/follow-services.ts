import type { ProfileSnapshot } from '../../../shared/contract/profile.ts';
import type { Host } from '../../host/host.ts';
import type { KeptReading } from '../../lib/kept-reading.ts';
import type { useConnectionsStore } from '../../account/connections.store.ts';
import { watchForGood } from '../../account/follow-current.ts';
import { onNewSession } from '../../account/on-new-session.ts';

interface FollowOptions {
  readonly host: Host;
  readonly connections: ReturnType<typeof useConnectionsStore>;
  readonly reading: KeptReading<ProfileSnapshot>;
  /** Waits for a running Update, whose answer must not look like a clash. */
  readonly afterUpdate: (act: () => void) => void;
  readonly clearMessages: () => void;
}

/** Listens to what the services tell of the profile from now on. */
export function followServices({ host, connections, reading, afterUpdate, clearMessages }: FollowOptions): void {
  const { connectionId } = reading;
  host.on('profile.changed', (next) => afterUpdate(() => reading.apply(next)));
  host.onResync(() => void (connectionId.value && reading.refresh()));
  // What was kept meanwhile is locked, and what was said of the session before is over.
  watchForGood(() =>
    onNewSession(connections, connectionId, () => {
      clearMessages();
      void reading.refresh();
    }),
  );
}
