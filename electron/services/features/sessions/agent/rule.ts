/** How one product, system or device shows in a User-Agent. */
export interface Rule<Part> {
  /** Its named groups are fields of the part. */
  readonly pattern: RegExp;
  /** Fields the text itself does not spell out; the rest is unknown. */
  readonly is?: Partial<Part>;
  /** Counts only where the library found one of these names; without it the rule always goes before the library. */
  readonly insteadOf?: readonly (string | null)[];
}

/** What the first fitting rule says, or else `found`, which is what the library says. */
export function applyRules<Part extends object>(
  rules: readonly Rule<Part>[],
  text: string,
  found: Part,
  unknown: Part,
): Part {
  const foundName = 'name' in found && typeof found.name === 'string' ? found.name : null;
  for (const { pattern, is, insteadOf } of rules) {
    if (insteadOf && !insteadOf.includes(foundName)) continue;
    const match = pattern.exec(text);
    if (match) return { ...unknown, ...is, ...match.groups };
  }
  return found;
}
