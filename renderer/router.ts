import { createRouter, createWebHashHistory, type Router } from 'vue-router';
import { useConnectionsStore } from './features/connections/connections.store.ts';
import ProfileView from './features/profile/ProfileView.vue';
import { useMfaStore } from './features/security/mfa.store.ts';
import AppShell from './features/shell/AppShell.vue';
import { untilLoaded } from './lib/until-loaded.ts';

/**
 * The screen that opens first (W1) comes with the start, every other one when it is needed.
 * Paths live in the hash: both shells serve one page and a fixed list of files.
 */
export function createAppRouter(): Router {
  const router = createRouter({
    history: createWebHashHistory(),
    routes: [
      {
        path: '/connect',
        name: 'connect',
        component: () => untilLoaded(() => import('./features/sign-in/ConnectView.vue')),
      },
      {
        path: '/',
        component: AppShell,
        redirect: { name: 'profile' },
        children: [
          { path: 'profile', name: 'profile', component: ProfileView },
          {
            path: 'delete-account',
            name: 'delete-account',
            component: () => untilLoaded(() => import('./features/deletion/DeletionView.vue')),
          },
          {
            path: 'security',
            name: 'security',
            component: () => untilLoaded(() => import('./features/security/SecurityView.vue')),
          },
          {
            path: 'sessions',
            name: 'sessions',
            component: () => untilLoaded(() => import('./features/sessions/SessionsView.vue')),
          },
          {
            path: 'identity-keys',
            name: 'identity-keys',
            component: () => untilLoaded(() => import('./features/identity-keys/IdentityKeysView.vue')),
          },
        ],
      },
      { path: '/:anything(.*)*', redirect: { name: 'profile' } },
    ],
  });
  router.beforeEach((to) => {
    const { current } = useConnectionsStore();
    if (to.name === 'connect') return true;
    if (!current) return { name: 'connect' };
    if (current.state.kind === 'signed-out') return { name: 'connect', query: { again: current.id } };
    return useMfaStore().mustEnrol && to.name !== 'security' ? { name: 'security' } : true;
  });
  return router;
}
