import type { ProviderKind } from '../../../../shared/contract/account/accounts.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { Provider, WaysIn } from '../provider.ts';

/** The kinds of service that this app can talk to. */
export interface Providers {
  readonly all: readonly Provider[];
  /** Errors: AppError not-offered, of a kind that this app does not have. */
  of(kind: ProviderKind): Provider;
}

/** Errors: AppError not-offered, of a way that the provider does not have. */
export function wayIn<W extends keyof WaysIn>(provider: Partial<WaysIn>, way: W): WaysIn[W] {
  const act: WaysIn[W] | undefined = provider[way];
  if (!act) throw new AppError('not-offered');
  return act;
}

export function createProviders(all: readonly Provider[]): Providers {
  return {
    all,
    of(kind) {
      const provider = all.find((each) => each.kind === kind);
      if (!provider) throw new AppError('not-offered');
      return provider;
    },
  };
}
