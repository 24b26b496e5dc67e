import { inject, readonly, shallowRef, type InjectionKey, type Ref } from 'vue';
import type { AppContract } from '../../shared/contract/index.ts';
import { createClient, type RpcClient } from '../../shared/rpc/client.ts';
import type { Transport } from '../../shared/rpc/transport.ts';

/** `gone`: the process behind the screen does not answer. `token-refused`: it is not the one this page was opened by. `displaced`: it serves newer pages. */
export type ShellState = 'answering' | 'gone' | 'token-refused' | 'displaced';

/** What a transport tells of its other end. Inside Electron both ends live and die together. */
export interface ShellLink {
  onState(listener: (state: ShellState) => void): void;
  /** Events may have been missed: take a new snapshot. */
  onResync(listener: () => void): void;
  /** Goes on with a page that was displaced, with all that was typed in it. */
  takeBack(): void;
}

export interface Host extends RpcClient<AppContract> {
  readonly shell: Readonly<Ref<ShellState>>;
  onResync(listener: () => void): void;
  takeBack(): void;
}

export function createHost(transport: Transport & Partial<ShellLink>): Host {
  const { calls, on } = createClient<AppContract>(transport);
  const shell = shallowRef<ShellState>('answering');
  transport.onState?.((state) => (shell.value = state));
  return {
    calls,
    on,
    shell: readonly(shell),
    onResync: (listener) => transport.onResync?.(listener),
    takeBack: () => transport.takeBack?.(),
  };
}

export const hostKey: InjectionKey<Host> = Symbol('host');

export function useHost(): Host {
  const host = inject(hostKey);
  if (!host) throw new Error('no host was provided');
  return host;
}
