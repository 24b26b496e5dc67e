import type { SignInResult } from '../../../../shared/contract/account/auth.ts';
import type { AppContract } from '../../../../shared/contract/index.ts';
import type { Handlers } from '../../../../shared/rpc/define.ts';
import type { SignInStep } from '../../provider/provider.ts';
import { wayIn, type Providers } from '../../provider/kinds/providers.ts';
import type { AccountRegistry } from '../account-registry.ts';
import type { SignInTarget } from '../add-account.ts';
import type { Targets } from '../targets/targets.ts';
import type { DeviceAttempts } from './device-attempts.ts';
import { toSignInTarget } from './sign-in-target.ts';

interface DeviceSignInDeps {
  readonly providers: Providers;
  readonly targets: Targets;
  readonly registry: Pick<AccountRegistry, 'get'>;
  readonly deviceSignIns: DeviceAttempts<SignInResult>;
}

type DeviceCalls = 'beginDeviceSignIn' | 'openDevicePage' | 'finishDeviceSignIn' | 'cancelDeviceSignIn';

/** A code that the person types on a page of the service (R2). */
export function createDeviceSignIn(
  { providers, targets, registry, deviceSignIns }: DeviceSignInDeps,
  proceed: (to: SignInTarget, step: SignInStep) => Promise<SignInResult>,
): Pick<Handlers<AppContract>['auth'], DeviceCalls> {
  return {
    async beginDeviceSignIn({ kind, target: typed, clientId, again }) {
      const provider = providers.of(kind);
      const [deviceAt, tokensOf] = [wayIn(provider, 'deviceAt'), wayIn(provider, 'tokensOfDevice')];
      const target = targets.normalise(typed);
      const address = await targets.address(target);
      const before = again === undefined ? undefined : await registry.get(again);
      const to = toSignInTarget({ kind, target, address, again: before, clientId });
      return deviceSignIns.begin({
        endpoints: deviceAt(address),
        clientId,
        complete: async (grant) => proceed(to, { next: 'done', tokens: await tokensOf(address, grant) }),
      });
    },
    openDevicePage: async ({ attempt }) => ({ address: await deviceSignIns.openPage(attempt) }),
    finishDeviceSignIn: ({ attempt }) => deviceSignIns.finish(attempt),
    cancelDeviceSignIn({ attempt }) {
      deviceSignIns.cancel(attempt);
      return {};
    },
  };
}
