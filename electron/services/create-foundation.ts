import type { Emit } from '../../shared/contract/index.ts';
import { createAppService, type AppService } from './features/app/app.service.ts';
import { createAccountRegistry, type AccountRegistry } from './accounts/account-registry.ts';
import { createAccountSecrets } from './accounts/account-secrets.ts';
import { createDeviceTokens, type DeviceTokens } from './accounts/device-tokens.ts';
import { KnownOrigins } from './accounts/targets/known-origins.ts';
import { SignedInAccounts } from './accounts/signed-in-accounts.ts';
import { createTargets, type Targets } from './accounts/targets/targets.ts';
import type { AccountLabel } from './core/account-label.ts';
import { createServiceEmitter, type ServiceEmitter } from './core/service-events.ts';
import type { Clock, Log, Ports } from './ports.ts';
import type { Provider } from './provider/provider.ts';
import { createReferenceProvider } from './provider/reference/create-reference-provider.ts';
import { createSequence, type Sequence } from './core/sequence.ts';
import { createSealedStorage } from './vault/create-sealed-storage.ts';
import type { SealedStorage } from './vault/sealed-storage.ts';

/** What every service stands on. */
export interface Foundation {
  readonly ports: Ports;
  readonly clock: Clock;
  readonly log: Log;
  /** Tells the screens. */
  readonly emit: Emit;
  /** Tells the other services. */
  readonly events: ServiceEmitter;
  readonly storage: SealedStorage;
  readonly provider: Provider;
  readonly registry: AccountRegistry;
  readonly targets: Targets;
  readonly signedIn: SignedInAccounts;
  readonly deviceTokens: DeviceTokens;
  readonly app: AppService;
  readonly sequence: Sequence;
  /** Whether there is such an account: of a forgotten one nothing is kept. */
  readonly isKnown: (accountId: string) => Promise<boolean>;
  /** Whether what is kept of an account may be shown: not once its person has signed out. */
  readonly mayShow: (accountId: string) => Promise<boolean>;
  /** Errors: not-found. */
  readonly describe: (accountId: string) => Promise<AccountLabel>;
  readonly tolerate: AppService['tolerate'];
}

export function createFoundation(ports: Ports, emit: Emit): Foundation {
  const { clock, log } = ports;
  const events = createServiceEmitter();
  const storage = createSealedStorage({ files: ports.files, keyWrapper: ports.keyWrapper, clock, log });
  const provider = createReferenceProvider(ports);
  const registry = createAccountRegistry(storage);
  const origins = new KnownOrigins({ registry, question: ports.originQuestion, clock });
  const targets = createTargets(storage, ports.embedded, origins);
  const app = createAppService({ ports, storage, emit });
  const deviceTokens = createDeviceTokens({ storage, registry, tolerate: app.tolerate });
  events.on('forgotten', ({ accountId }) => deviceTokens.forget(accountId));
  const secrets = createAccountSecrets(storage, deviceTokens);
  return {
    ports,
    clock,
    log,
    emit,
    events,
    storage,
    provider,
    registry,
    targets,
    deviceTokens,
    signedIn: new SignedInAccounts({ registry, targets, provider, clock, secrets, events }),
    app,
    tolerate: app.tolerate,
    sequence: createSequence(clock),
    isKnown: registry.has,
    mayShow: async (id) => !(await registry.get(id)).isSignedOut,
    async describe(id) {
      const { providerName, person } = await registry.get(id);
      return { issuer: providerName, account: person.email || person.name };
    },
  };
}
