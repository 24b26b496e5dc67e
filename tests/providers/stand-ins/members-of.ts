/** Every path of members: `data.attributes.email`, `data[].id`. What is empty counts as one. */
export function membersOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value))
    return [...new Set(value.flatMap((each) => membersOf(each, `${path.replace(/\.$/, '')}[].`)))];
  if (value === null || typeof value !== 'object') return [path.replace(/\.$/, '')];
  const members = Object.entries(value);
  if (members.length === 0) return [path.replace(/\.$/, '')];
  return members.flatMap(([name, inner]) => membersOf(inner, `${path}${name}.`));
}
