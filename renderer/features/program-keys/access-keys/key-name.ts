import type { AccessKey } from '../../../../shared/contract/keys/access-keys.ts';

/** What a key is called in words: its name, else its id. */
export function keyName({ name, id }: Pick<AccessKey, 'name' | 'id'>): string {
  return name || id;
}
