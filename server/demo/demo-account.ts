import type { AccountsStore } from '../accounts/accounts.store.ts';
import type { PasswordHasher } from '../security/passwords.ts';
import { createReadablePassword } from '../security/readable-password.ts';
import { enliven, type DemoLifeDeps } from './demo-life.ts';

export interface DemoOptions {
  readonly resetPassword: boolean;
  /** Replaces the demo person's permissions; for development. */
  readonly permissions?: readonly string[] | undefined;
  /** The demo person must have a second factor; not so unless it is asked for. */
  readonly forceMfa?: boolean;
  /** Whether an account that is made now gets sessions, keys and settings, as after some years. */
  readonly isLively?: boolean;
}

export interface Demo {
  readonly identifier: string;
  /** Null unless it was made just now: only its hash is kept. */
  readonly password: string | null;
}

interface DemoDeps extends DemoLifeDeps {
  readonly accounts: AccountsStore;
  readonly passwords: PasswordHasher;
}

const day = 86_400_000;

/** Makes sure that the preset's demo account exists. A new password leaves its sessions alone. */
export async function ensureDemoAccount(
  { accounts, passwords, ...life }: DemoDeps,
  options: DemoOptions,
): Promise<Demo> {
  const { preset, clock } = life;
  const { demo } = preset;
  const known = accounts.findDemo();
  const password = known === undefined || options.resetPassword ? createReadablePassword() : null;
  const passwordHash = password === null ? null : await passwords.hash(password);
  const id =
    known ??
    accounts.create({
      ...demo,
      passwordHash: passwordHash ?? '',
      registeredAt: clock.now() - demo.registeredDaysAgo * day,
      isDemo: true,
    });
  if (known === undefined && options.isLively) enliven(life, id);
  if (passwordHash !== null) accounts.setPassword(id, passwordHash);
  accounts.setMfaForced(id, options.forceMfa ?? false);
  if (options.permissions) accounts.setPermissions(id, options.permissions);
  return { identifier: accounts.readContact(id).email, password };
}
