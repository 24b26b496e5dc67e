/**
 * In a layer, from a file to one that it reaches by imports. Where a call crosses to another program a new leg begins.
 */
export type Leg = readonly [layer: string, from: string, to: string];

/** What five clicks take: screen, services, provider, server. */
export const walks: Readonly<Record<string, readonly Leg[]>> = {
  'sign in': [
    ['renderer', 'SignInPage.vue', 'use-sign-in.ts'],
    ['electron', 'auth.service.ts', 'account-secrets.ts'],
    ['electron', 'create-reference-provider.ts', 'reference/auth.ts'],
    ['server', 'auth.routes.ts', 'sessions.store.ts'],
  ],
  Update: [
    ['renderer', 'ProfilePage.vue', 'profile.store.ts'],
    ['electron', 'profile.service.ts', 'profile-cache.ts'],
    ['electron', 'reference/profile.ts', 'signed-sender.ts'],
    ['server', 'profile.routes.ts', 'accounts.store.ts'],
  ],
  'close sessions': [
    ['renderer', 'SessionsPage.vue', 'sessions.store.ts'],
    ['electron', 'sessions.service.ts', 'session-documents.ts'],
    ['electron', 'reference/sessions.ts', 'signed-sender.ts'],
    ['server', 'sessions.routes.ts', 'sessions.store.ts'],
  ],
  import: [
    ['renderer', 'SshKeysPage.vue', 'key-import.store.ts'],
    ['electron', 'create-ssh-keys.ts', 'ssh-keys-document.ts'],
    ['electron', 'node-key-worker-entry.ts', 'key-worker.handlers.ts'],
    ['ssh-keys', 'read.ts', 'ssh-wire.ts'],
    ['electron', 'reference/ssh-keys.ts', 'signed-sender.ts'],
    ['server', 'identity-keys.routes.ts', 'identity-keys.store.ts'],
  ],
  rotate: [
    ['renderer', 'AccessKeysPanel.vue', 'rotation.store.ts'],
    ['electron', 'create-program-keys.ts', 'keys-document.ts'],
    ['electron', 'rotation.service.ts', 'make-key.ts'],
    ['electron', 'reference/keys.ts', 'signed-sender.ts'],
    ['server', 'access-keys.routes.ts', 'access-keys.store.ts'],
  ],
};
