import type { ProfileSnapshot } from '../../shared/contract/account/profile.ts';

/** As the services give what is kept: the same values, locked. */
export function asCached(profile: ProfileSnapshot): ProfileSnapshot {
  const cached = structuredClone(profile);
  cached.source = 'cache';
  for (const { access } of Object.values(cached.sections)) {
    const fields: Record<string, { kind: string }> = access;
    for (const [field, { kind }] of Object.entries(fields))
      if (kind === 'editable') fields[field] = { kind: 'offline' };
  }
  return cached;
}
