import { inject, readonly, shallowRef, type InjectionKey, type Ref } from 'vue';
import type { AppContract } from '../../shared/contract/index.ts';
import { createClient, type RpcClient } from '../../shared/rpc/client.ts';
import type { Transport } from '../../shared/rpc/transport.ts';

/**
 * `gone`: the process behind the screen does not answer. `token-refused`: it was started again since, serves a newer
 * page, or the link was used before.
 */
export type ShellState = 'answering' | 'gone' | 'token-refused';

/** What a transport tells of its other end. Inside Electron both ends live and die together. */
export interface ShellLink {
  onState(listener: (state: ShellState) => void): void;
  /** Events may have been missed: take a new snapshot. */
  onResync(listener: () => void): void;
}

export interface Host extends RpcClient<AppContract> {
  readonly shell: Readonly<Ref<ShellState>>;
  onResync(listener: () => void): void;
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
  };
}

export const hostKey: InjectionKey<Host> = Symbol('host');

export function useHost(): Host {
  const host = inject(hostKey);
  if (!host) throw new Error('no host was provided');
  return host;
}
