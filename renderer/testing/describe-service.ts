import type { ProviderDescription, Target } from '../../shared/contract/account/accounts.ts';

const sample = { kind: 'reference', version: null, ways: ['password'], pasting: null, clientId: null } as const;

/** The demo inside the app. */
export function describeEmbedded(demo: ProviderDescription['demo']): ProviderDescription {
  return {
    ...sample,
    ways: [...sample.ways],
    address: 'http://127.0.0.1:40123',
    name: 'Control account',
    demo,
    identityProviders: [],
  };
}

/** A profile service that is signed in to by a password. */
export function describeAddress(
  address: string,
  identityProviders: ProviderDescription['identityProviders'],
): ProviderDescription {
  return { ...sample, ways: [...sample.ways], address, name: 'Example services', demo: null, identityProviders };
}

export function hostOf(target: Target): string {
  return target.kind === 'address' ? new URL(target.address).host : '127.0.0.1';
}
