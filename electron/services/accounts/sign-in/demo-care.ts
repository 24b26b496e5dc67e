import { AppError } from '../../../../shared/contract/errors.ts';
import type { AccountRegistry } from '../account-registry.ts';
import type { StoredTarget, Targets } from '../targets/targets.ts';
import type { Leaving } from './leave-account.ts';

interface DemoCareDeps {
  readonly targets: Pick<Targets, 'demoAccount' | 'forgetDemoPassword' | 'eraseEmbedded'>;
  readonly registry: Pick<AccountRegistry, 'all'>;
  readonly leaving: Pick<Leaving, 'forget'>;
}

/** Keeps what the sign-in page offers of the demo true, and makes the demo anew (D7). */
export function createDemoCare({ targets, registry, leaving }: DemoCareDeps) {
  return {
    /** Its password was changed where we were not told, by its reset link for one: it must not be offered again. */
    async onRefused(
      target: StoredTarget,
      { identifier, password }: { readonly identifier: string; readonly password: string },
      error: unknown,
    ): Promise<void> {
      if (!(error instanceof AppError) || error.details.reason !== 'wrong-credentials') return;
      const demo = await targets.demoAccount(target).catch(() => null);
      if (demo?.password !== password) return;
      // As it was at the start, or as its person has it now.
      const { accounts } = await registry.all();
      const identifiers = accounts.filter((each) => each.target.kind === 'embedded').map(({ person }) => person.email);
      if ([demo.identifier, ...identifiers].includes(identifier)) await targets.forgetDemoPassword();
    },
    async renew(): Promise<Record<string, never>> {
      const { accounts } = await registry.all();
      for (const { id, target } of accounts) if (target.kind === 'embedded') await leaving.forget(id);
      await targets.eraseEmbedded();
      return {};
    },
  };
}

interface PasswordChangeDeps {
  readonly targets: Pick<Targets, 'forgetDemoPassword'>;
  readonly registry: Pick<AccountRegistry, 'get'>;
  readonly tolerate: (write: () => Promise<unknown>) => Promise<void>;
}

/** What the sign-in page offers of the demo must be what opens it (D7). */
export function createOnPasswordChanged({ targets, registry, tolerate }: PasswordChangeDeps) {
  return async (accountId: string): Promise<void> => {
    const { target } = await registry.get(accountId);
    if (target.kind === 'embedded') await tolerate(() => targets.forgetDemoPassword());
  };
}

export type DemoCare = ReturnType<typeof createDemoCare>;
