import { defineStore } from 'pinia';
import { followCurrent, watchForGood } from '../../account/follow-current.ts';
import { useHost } from '../../host/host.ts';
import { createResource } from '../../lib/resource/resource.ts';

/** Applications of others with access to the account that is shown (R4). */
export const useApplicationsStore = defineStore('applications', () => {
  const host = useHost();
  const { snapshot, isRefreshing, loadError, apply, refresh, open } = createResource(host, 'applications.changed', {
    read: (accountId, from) => host.calls.applications.list({ accountId, from }),
    hasCache: true,
  });
  let isStarted = false;

  /** The screen loads late, so the store follows from when it is first needed; then it asks anew each time. */
  function start(): void {
    if (isStarted) return void refresh();
    isStarted = true;
    watchForGood(() => followCurrent(open));
  }

  return { snapshot, isRefreshing, loadError, apply, refresh, start };
});
