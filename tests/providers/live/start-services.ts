import type { TestProject } from 'vitest/node';
import { startKeycloak } from './keycloak/start-keycloak.ts';

// Runs once before the live tests: what can be had here is started, of what cannot they learn why.

export type ProvidedKeycloak = { readonly base: string; readonly version: string } | { readonly missing: string };

declare module 'vitest' {
  interface ProvidedContext {
    keycloak: ProvidedKeycloak;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const keycloak = await startKeycloak();
  if ('missing' in keycloak) {
    project.provide('keycloak', keycloak);
    return () => Promise.resolve();
  }
  const { base, version } = keycloak;
  project.provide('keycloak', { base, version });
  return async () => keycloak[Symbol.asyncDispose]();
}
