import { defineStore } from 'pinia';
import { useHost } from '../../host/host.ts';
import { createResource } from '../../lib/resource/resource.ts';

/** The e-mail addresses of the account that is shown, where it can have several (R5). */
export const useEmailsStore = defineStore('emails', () => {
  const host = useHost();
  const { snapshot, isRefreshing, loadError, apply, refresh, open } = createResource(host, 'emails.changed', {
    read: (accountId, from) => host.calls.emails.list({ accountId, from }),
    hasCache: true,
  });

  return { snapshot, isRefreshing, loadError, apply, refresh, open };
});
