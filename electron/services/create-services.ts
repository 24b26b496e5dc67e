import { contract, type AppContract } from '../../shared/contract/index.ts';
import { createEmitter } from '../../shared/rpc/dispatcher.ts';
import type { EventMessage } from '../../shared/rpc/transport.ts';
import { createApiCallsService } from './api-calls/api-calls.service.ts';
import { createAppService, type AppService } from './app/app.service.ts';
import { createAuthService } from './auth/auth.service.ts';
import { createLeaving } from './auth/leave-connection.ts';
import { createProfileCache, type ProfileCache } from './cache/profile-cache.ts';
import { createConnectionRegistry, type ConnectionRegistry } from './connections/connection-registry.ts';
import { createConnectionSecrets } from './connections/connection-secrets.ts';
import { createConnectionsService } from './connections/connections.service.ts';
import { LiveConnections } from './connections/live-connections.ts';
import { createReconnector } from './connections/reconnector.ts';
import { createTargets } from './connections/targets.ts';
import { createDeletion } from './create-deletion.ts';
import { createIdentityKeys } from './create-identity-keys.ts';
import { createKeys } from './create-keys.ts';
import { createProtection } from './create-protection.ts';
import { createIdentitiesService } from './identities/identities.service.ts';
import type { Ports } from './ports.ts';
import { ProfileService } from './profile/profile.service.ts';
import { createReferenceProvider } from './providers/reference/create-reference-provider.ts';
import { createSequence } from './sequence.ts';
import type { Services } from './services.ts';
import { createSessionsService } from './sessions/sessions.service.ts';
import { createSettingsService } from './settings/settings.service.ts';
import { createStartService } from './start/start.service.ts';
import { createSealedStorage } from './vault/create-sealed-storage.ts';

/** Ports in, handlers and events out: the only place where the services are wired together. */
export async function createServices(ports: Ports): Promise<Services> {
  const listeners = new Set<(message: EventMessage) => void>();
  const emit = createEmitter(contract, (message) => {
    for (const listener of listeners) listener(message);
  });
  const { handlers, stop } = wire(ports, emit);
  return {
    handlers,
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      await stop();
      await ports.embedded?.stop();
    },
  };
}

type Emit = ReturnType<typeof createEmitter<AppContract>>;

function wire(
  ports: Ports,
  emit: Emit,
): { readonly handlers: Services['handlers']; readonly stop: () => Promise<void> } {
  const { clock, log } = ports;
  const storage = createSealedStorage({ files: ports.files, keyWrapper: ports.keyWrapper, clock, log });
  const provider = createReferenceProvider(ports);
  const registry = createConnectionRegistry(storage);
  const targets = createTargets(storage, ports.embedded);
  const app = createAppService({ ports, storage, emit });
  const cache = guardCache(createProfileCache(storage), registry, app);

  const reconnector = createReconnector(clock, (id) => profile.refresh(id).catch(() => undefined));
  const live = new LiveConnections({
    registry,
    targets,
    provider,
    clock,
    secrets: createConnectionSecrets(storage),
    onChange(id, state) {
      reconnector.note(id, state);
      connections.announce().catch((error: unknown) => log.error('connections not announced', error));
    },
    onReauthRequired: (id) => protection.noteRefusal(id),
    onSessionEnd: (id) => [protection, profile, identities, keys, identityKeys].forEach((service) => service.drop(id)),
  });
  const protection = createProtection({
    live,
    registry,
    filePicker: ports.filePicker,
    clock,
    emit,
    onProof: (id) => keys.noteProof(id),
  });
  const identities = createIdentitiesService({
    live,
    reauth: protection.reauth,
    browser: ports.browser,
    clock,
    log,
    emit,
  });
  const connections = createConnectionsService({
    registry,
    live,
    targets,
    provider,
    emit,
    recheck: (id) => profile.refresh(id),
  });
  const mayShow = async (id: string) => !(await registry.get(id)).isSignedOut;
  const sequence = createSequence(clock);
  const profile = new ProfileService({
    live,
    cache,
    clock,
    sequence,
    mayShow,
    async onRead(snapshot) {
      emit('profile.changed', snapshot);
      keys.noteUse(snapshot.connectionId);
      await app.tolerate(() => connections.notePerson(snapshot.connectionId, snapshot.sections));
    },
  });
  const signOut = async (connectionId: string) => auth.signOut({ connectionId, forget: false });
  const sessions = createSessionsService({
    storage,
    live,
    clock,
    sequence,
    isKnown: registry.has,
    mayShow,
    tolerate: app.tolerate,
    signOut,
    emit,
  });
  const keys = createKeys({
    storage,
    live,
    registry,
    reauth: protection.reauth,
    ports,
    clock,
    sequence,
    mayShow,
    tolerate: app.tolerate,
    emit,
  });
  const identityKeys = createIdentityKeys({
    storage,
    live,
    registry,
    reauth: protection.reauth,
    ports,
    clock,
    sequence,
    mayShow,
    tolerate: app.tolerate,
    emit,
  });
  const forgetData = (id: string) =>
    Promise.all([cache.remove(id), sessions.forget(id), keys.forget(id), identityKeys.forget(id)]);
  const leaving = createLeaving({ registry, live, targets, connections, forgetData });
  const auth = createAuthService({ provider, targets, registry, live, connections, identities, leaving, clock, log });
  const data = {
    ...protection.handlers,
    ...keys.handlers,
    ...identityKeys.handlers,
    identities: identities.handlers,
    profile: profile.handlers,
    sessions: sessions.handlers,
  };

  const settings = createSettingsService({ file: ports.settingsFile, emit });
  const first = { app: app.handlers, settings, connections: connections.handlers, profile: profile.handlers };

  return {
    handlers: {
      start: createStartService(first),
      ...first,
      apiCalls: createApiCallsService(live),
      auth,
      deletion: createDeletion({
        live,
        reauth: protection.reauth,
        filePicker: ports.filePicker,
        clock,
        registry,
        forget: leaving.forget,
        handlers: data,
      }),
      ...data,
    },
    async stop() {
      reconnector.stop();
      protection.stop();
      await keys.close();
      identities.stop();
      identityKeys.stop();
    },
  };
}

/** A read that ends after its connection was forgotten must leave nothing behind; a full disk must not hide what was read. */
function guardCache(cache: ProfileCache, registry: ConnectionRegistry, app: AppService): ProfileCache {
  return {
    ...cache,
    async write(connectionId, entry) {
      await app.tolerate(() => cache.write(connectionId, entry));
      if (!(await registry.has(connectionId))) await cache.remove(connectionId);
    },
  };
}
