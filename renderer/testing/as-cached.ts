import type { ProfileSnapshot } from '../../shared/contract/account/profile.ts';

/** As the services give what is kept: the same values, and what needs the service locked. */
export function asCached(profile: ProfileSnapshot): ProfileSnapshot {
  const cached = structuredClone(profile);
  cached.source = 'cache';
  lock(cached.operations, ['editable', 'hand-off']);
  for (const { access } of Object.values(cached.sections)) lock(access, ['hand-off']);
  return cached;
}

function lock(all: Record<string, { kind: string }>, kinds: readonly string[]): void {
  for (const [name, { kind }] of Object.entries(all)) if (kinds.includes(kind)) all[name] = { kind: 'offline' };
}
