import { createRouter, createWebHashHistory, type Router } from 'vue-router';
import { useConnectionsStore } from '../account/connections.store.ts';
import { untilLoaded } from '../lib/until-loaded.ts';
import ProfilePage from '../pages/ProfilePage.vue';
import { useMustEnrol } from '../pages/use-must-enrol.ts';
import AppShell from './AppShell.vue';

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
        component: () => untilLoaded(() => import('../pages/SignInPage.vue')),
      },
      {
        path: '/',
        component: AppShell,
        redirect: { name: 'profile' },
        children: [
          { path: 'profile', name: 'profile', component: ProfilePage },
          {
            path: 'delete-account',
            name: 'delete-account',
            component: () => untilLoaded(() => import('../pages/DeleteAccountPage.vue')),
          },
          {
            path: 'security',
            name: 'security',
            component: () => untilLoaded(() => import('../pages/SecurityPage.vue')),
          },
          {
            path: 'sessions',
            name: 'sessions',
            component: () => untilLoaded(() => import('../pages/SessionsPage.vue')),
          },
          {
            path: 'identity-keys',
            name: 'identity-keys',
            component: () => untilLoaded(() => import('../pages/IdentityKeysPage.vue')),
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
    return useMustEnrol().value && to.name !== 'security' ? { name: 'security' } : true;
  });
  return router;
}
