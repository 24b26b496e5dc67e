import { createRouter, createWebHashHistory, type Router } from 'vue-router';
import { useAccountsStore } from '../account/accounts.store.ts';
import { useAppStore } from '../account/app.store.ts';
import { withTexts } from '../lib/i18n/language.ts';
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
        component: () => untilLoaded(withTexts(() => import('../pages/SignInPage.vue'), 'sign-in')),
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
            component: () => untilLoaded(withTexts(() => import('../pages/DeleteAccountPage.vue'), 'account')),
          },
          {
            path: 'security',
            name: 'security',
            component: () => untilLoaded(withTexts(() => import('../pages/SecurityPage.vue'), 'security')),
          },
          {
            path: 'sessions',
            name: 'sessions',
            component: () => untilLoaded(withTexts(() => import('../pages/SessionsPage.vue'), 'sessions')),
          },
          {
            path: 'identity-keys',
            name: 'identity-keys',
            component: () => untilLoaded(withTexts(() => import('../pages/SshKeysPage.vue'), 'ssh-keys')),
          },
          {
            path: 'activity',
            name: 'activity',
            component: () => untilLoaded(withTexts(() => import('../pages/ActivityPage.vue'), 'activity')),
          },
        ],
      },
      { path: '/:anything(.*)*', redirect: { name: 'profile' } },
    ],
  });
  router.beforeEach((to) => {
    const { current } = useAccountsStore();
    // Nothing is shown of it yet; it is where the person is once the app has started.
    if (useAppStore().isStarting || useAppStore().startError) return true;
    if (to.name === 'connect') return true;
    if (!current) return { name: 'connect' };
    if (current.state.kind === 'signed-out') return { name: 'connect', query: { again: current.id } };
    return useMustEnrol().value && to.name !== 'security' ? { name: 'security' } : true;
  });
  return router;
}
