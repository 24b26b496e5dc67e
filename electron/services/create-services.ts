import type { HeldHere } from '../../shared/contract/deletion.ts';
import { contract, type AppContract } from '../../shared/contract/index.ts';
import { createEmitter } from '../../shared/rpc/dispatcher.ts';
import type { EventMessage } from '../../shared/rpc/transport.ts';
import { createApiCallsService } from './features/api-calls/api-calls.service.ts';
import { createAccounts, type Accounts } from './create-accounts.ts';
import { createDeletion } from './create-deletion.ts';
import { createFoundation, type Foundation } from './create-foundation.ts';
import { createDemoService } from './features/demo/demo.service.ts';
import { createIdentityKeys } from './create-identity-keys.ts';
import { createEmailChangeService } from './features/email-change/email-change.service.ts';
import { createKeys } from './create-keys.ts';
import type { Ports } from './ports.ts';
import type { Services } from './services.ts';
import { createSessionsService } from './features/sessions/sessions.service.ts';
import { createSettingsService } from './features/settings/settings.service.ts';
import { createStartService } from './features/start/start.service.ts';

/** Ports in, handlers and events out: the only place where the services are wired together. */
export async function createServices(ports: Ports): Promise<Services> {
  const listeners = new Set<(message: EventMessage) => void>();
  const emit = createEmitter(contract, (message) => {
    for (const listener of listeners) listener(message);
  });
  const { handlers, stop, clearClipboard } = wire(ports, emit);
  return {
    handlers,
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    clearClipboard,
    async close() {
      await stop();
      await ports.embedded?.stop();
    },
  };
}

export type Emit = ReturnType<typeof createEmitter<AppContract>>;

/** Reads from top to bottom: what comes later knows what came before, and hears of the rest by `events`. */
function wire(
  ports: Ports,
  emit: Emit,
): Pick<Services, 'handlers' | 'clearClipboard'> & { readonly stop: () => Promise<void> } {
  const foundation = createFoundation(ports, emit);
  const { app, live } = foundation;
  const accounts = createAccounts(foundation);
  const { profile, protection, identities, connections, auth } = accounts;
  const { sessions, keys, identityKeys } = createLists(foundation, accounts);
  const data = {
    ...protection.handlers,
    ...keys.handlers,
    ...identityKeys.handlers,
    identities: identities.handlers,
    profile: profile.handlers,
    sessions: sessions.handlers,
  };
  const countHeld = async (id: string): Promise<HeldHere> => {
    await foundation.registry.get(id);
    return { sshKeys: await identityKeys.countPrivate(id), sessionNames: await sessions.countNames(id) };
  };
  const settings = createSettingsService({ file: ports.settingsFile, emit });
  const first = { app: app.handlers, settings, connections: connections.handlers, profile: profile.handlers };

  return {
    handlers: {
      start: createStartService(first),
      ...first,
      apiCalls: createApiCallsService(live),
      demo: createDemoService({ ...foundation, ...ports }),
      emailChange: createEmailChangeService(live),
      auth,
      deletion: createDeletion({
        ...foundation,
        ...accounts,
        reauth: protection.reauth,
        filePicker: ports.filePicker,
        countHeld,
        handlers: data,
      }),
      ...data,
    },
    clearClipboard: () => keys.clearClipboard(),
    async stop() {
      accounts.stop();
      await keys.close();
      await identityKeys.stop();
    },
  };
}

/** What an account has many of: sessions, keys for programs, SSH keys. */
function createLists(foundation: Foundation, { protection, auth }: Accounts) {
  const { app, registry } = foundation;
  const parts = { ...foundation, tolerate: app.tolerate, reauth: protection.reauth };
  return {
    sessions: createSessionsService({
      ...parts,
      isKnown: registry.has,
      signOut: async (connectionId) => auth.signOut({ connectionId, forget: false }),
    }),
    keys: createKeys(parts),
    identityKeys: createIdentityKeys(parts),
  };
}
