import type { LocalData } from '../../shared/contract/account/deletion.ts';
import { contract, type Emit } from '../../shared/contract/index.ts';
import { createEmitter } from '../../shared/rpc/dispatcher.ts';
import type { EventMessage } from '../../shared/rpc/transport.ts';
import { createApiCallsService } from './features/api-calls/api-calls.service.ts';
import { createAccounts } from './create-accounts.ts';
import { createMfa } from './features/mfa/create-mfa.ts';
import { createPasswordService } from './features/password/password.service.ts';
import { createNotePasswordChange } from './accounts/sign-in/demo-care.ts';
import { createDeletion } from './features/deletion/create-deletion.ts';
import { createFoundation } from './create-foundation.ts';
import { createDemoService } from './features/demo/demo.service.ts';
import { createSshKeys } from './features/ssh-keys/create-ssh-keys.ts';
import { createEmailChangeService } from './features/email-change/email-change.service.ts';
import { createProgramKeys } from './features/program-keys/create-program-keys.ts';
import type { Ports } from './ports.ts';
import type { Services } from './services.ts';
import { createSessionsService } from './features/sessions/sessions.service.ts';
import { createSettingsService } from './features/settings/settings.service.ts';

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

/** Reads from top to bottom: what comes later knows what came before, and hears of the rest by `events`. */
function wire(
  ports: Ports,
  emit: Emit,
): Pick<Services, 'handlers' | 'clearClipboard'> & { readonly stop: () => Promise<void> } {
  const foundation = createFoundation(ports, emit);
  const { app, events, signedIn } = foundation;
  const accountServices = createAccounts(foundation);
  const { auth, accounts, linkedAccounts, profile, reauth } = accountServices;
  const parts = { ...foundation, ...accountServices, filePicker: ports.filePicker };
  const sessions = createSessionsService({
    ...parts,
    signOut: async (accountId) => auth.signOut({ accountId, forget: false }),
  });
  const programKeys = createProgramKeys(parts);
  const sshKeys = createSshKeys(parts);
  const data = {
    ...createMfa(parts),
    ...programKeys.handlers,
    ...sshKeys.handlers,
    linkedAccounts: linkedAccounts.handlers,
    profile: profile.handlers,
    sessions: sessions.handlers,
  };
  const countLocalData = async (id: string): Promise<LocalData> => {
    await foundation.registry.get(id);
    return { sshKeys: await sshKeys.countPrivate(id), sessionNames: await sessions.countNames(id) };
  };
  const settings = createSettingsService({ file: ports.settingsFile, emit });
  const first = { app: app.handlers, settings, accounts: accounts.handlers, profile: profile.handlers };

  return {
    handlers: {
      ...first,
      apiCalls: createApiCallsService(signedIn),
      demo: createDemoService({ ...foundation, ...ports }),
      emailChange: createEmailChangeService(signedIn),
      auth,
      reauth: reauth.handlers,
      password: createPasswordService(signedIn, createNotePasswordChange(foundation)),
      deletion: createDeletion({ ...parts, countLocalData, handlers: data }),
      ...data,
    },
    clearClipboard: () => programKeys.clearClipboard(),
    stop: () => events.emit('closing', undefined),
  };
}
