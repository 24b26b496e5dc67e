import { computed, shallowRef } from 'vue';
import type { Account } from '../../../../shared/contract/account/accounts.ts';
import type { SshKeysSnapshot } from '../../../../shared/contract/keys/ssh-keys.ts';
import { useAccountsStore } from '../../../account/accounts.store.ts';
import { placeOfNamed } from '../../../account/place-of.ts';
import type { KeyFamily } from '../../../../shared/rules/made-keys.ts';
import { useHost } from '../../../host/host.ts';
import { joinFacts } from '../../../lib/formats.ts';
import { useSshKeysStore } from '../ssh-keys.store.ts';

export interface Taker {
  readonly id: string;
  readonly label: string;
  /** The only ones that it takes; undefined where nothing says so. */
  readonly families: readonly KeyFamily[] | undefined;
}

/** The accounts here that take a key now, the one that is shown first; the others are asked. */
export function useTakers() {
  const { sshKeys } = useHost().calls;
  const accounts = useAccountsStore();
  const isAsking = shallowRef(true);
  const store = useSshKeysStore();
  const others = shallowRef<readonly Account[]>([]);
  const families = shallowRef<ReadonlyMap<string, readonly KeyFamily[] | undefined>>(new Map());
  const current = accounts.current;

  /** Undefined where it takes none now. */
  async function askFor({ id }: Account): Promise<SshKeysSnapshot | undefined> {
    const snapshot = await sshKeys.list({ accountId: id, from: 'provider' }).catch(() => undefined);
    return snapshot && canTake(snapshot) ? snapshot : undefined;
  }

  async function ask(): Promise<void> {
    const asked = accounts.accounts.filter(({ id, state }) => id !== current?.id && state.kind !== 'signed-out');
    const answers = await Promise.all(asked.map(askFor));
    families.value = new Map(answers.flatMap((each) => (each ? [[each.accountId, each.families]] : [])));
    others.value = asked.filter((_, at) => answers[at]);
    isAsking.value = false;
  }

  void ask();
  const label = (account: Account) => ({
    id: account.id,
    label: labelOf(account, accounts.accounts),
    families: account.id === current?.id ? store.snapshot?.families : families.value.get(account.id),
  });
  const takers = computed<readonly Taker[]>(() => [...(current ? [current] : []), ...others.value].map(label));
  return { takers, isAsking };
}

export type Takers = ReturnType<typeof useTakers>;

export function labelOf(account: Account, all: readonly Account[]): string {
  return joinFacts(account.person.name, placeOfNamed(account, all));
}

function canTake({ source, access, limit, keys }: SshKeysSnapshot): boolean {
  return source === 'provider' && access.kind === 'editable' && (limit === null || keys.length < limit);
}
