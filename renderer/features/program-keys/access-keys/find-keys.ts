import type { AccessKey } from '../../../../shared/contract/keys/access-keys.ts';

/** Those with the text in their name or id, in their order; all of them for none. */
export function findKeys(keys: readonly AccessKey[], text: string): readonly AccessKey[] {
  const wanted = text.trim().toLocaleLowerCase();
  return wanted ? keys.filter(({ name, id }) => `${name}\n${id}`.toLocaleLowerCase().includes(wanted)) : keys;
}
