import { computed, shallowRef } from 'vue';
import type { Account } from '../../../../shared/contract/account/accounts.ts';
import type { SshKeysSnapshot } from '../../../../shared/contract/keys/ssh-keys.ts';
import { useAccountsStore } from '../../../account/accounts.store.ts';
import { placeOfNamed } from '../../../account/place-of.ts';
import { useHost } from '../../../host/host.ts';
import { joinFacts } from '../../../lib/formats.ts';

export interface Taker {
  readonly id: string;
  readonly label: string;
}

/** The accounts here that take a key now, the one that is shown first; the others are asked. */
export function useTakers() {
  const { sshKeys } = useHost().calls;
  const accounts = useAccountsStore();
  const isAsking = shallowRef(true);
  const others = shallowRef<readonly Account[]>([]);
  const current = accounts.current;

  async function takes({ id }: Account): Promise<boolean> {
    return sshKeys.list({ accountId: id, from: 'provider' }).then(canTake, () => false);
  }

  async function ask(): Promise<void> {
    const asked = accounts.accounts.filter(({ id, state }) => id !== current?.id && state.kind !== 'signed-out');
    const answers = await Promise.all(asked.map(takes));
    others.value = asked.filter((_, at) => answers[at]);
    isAsking.value = false;
  }

  void ask();
  const takers = computed<readonly Taker[]>(() =>
    [...(current ? [current] : []), ...others.value].map((account) => ({
      id: account.id,
      label: labelOf(account, accounts.accounts),
    })),
  );
  return { takers, isAsking };
}

export function labelOf(account: Account, all: readonly Account[]): string {
  return joinFacts(account.person.name, placeOfNamed(account, all));
}

function canTake({ source, access, limit, keys }: SshKeysSnapshot): boolean {
  return source === 'provider' && access.kind === 'editable' && (limit === null || keys.length < limit);
}
