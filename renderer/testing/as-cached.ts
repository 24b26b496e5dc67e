import type { ProfileSnapshot } from '../../shared/contract/account/profile.ts';

/** As the services give what is kept: the same values, locked. */
export function asCached(profile: ProfileSnapshot): ProfileSnapshot {
  const cached = structuredClone(profile);
  cached.source = 'cache';
  const all: Record<string, { kind: string }>[] = [
    cached.operations,
    ...Object.values(cached.sections).map(({ access }) => access),
  ];
  for (const fields of all) {
    for (const [field, { kind }] of Object.entries(fields))
      if (kind === 'editable' || kind === 'hand-off') fields[field] = { kind: 'offline' };
  }
  return cached;
}
