import type { ConnectionState } from '../../../shared/contract/account/accounts.ts';
import type { ProfileSnapshot } from '../../../shared/contract/account/profile.ts';

interface OfAccount {
  readonly accountId: string;
}

/** What happens to an account inside of the services, for whoever keeps or shows something of it. */
interface ServiceEvents {
  /** How its last request went is news. */
  'state-changed': OfAccount & { readonly state: ConnectionState };
  /** Its session is over, or another took its place: what was held for it must go. */
  'session-ended': OfAccount;
  /** It was removed from this computer: everything kept of it must be deleted. */
  forgotten: OfAccount;
  /** An import that laid something ready for it is over: whatever of that is no part of what is kept must go. */
  'import-over': OfAccount;
  /** The provider refused something that the profile says may be done. */
  'right-refused': OfAccount;
  /** The provider refused an act for want of a proof (E12). */
  'proof-refused': OfAccount;
  /** A proof is fresh: its window opened, or was found open. */
  'proof-given': OfAccount;
  /** Somebody has signed in; `profile` was read for that, just now. */
  'signed-in': OfAccount & { readonly profile: Pick<ProfileSnapshot, 'sections' | 'operations'> };
  /** Its profile was read from the provider and kept. */
  'profile-read': ProfileSnapshot;
  /** What is kept could be read for the first time in this run. */
  opened: undefined;
  /** The app ends, or is locked (X11): what runs is stopped, and no secret stays behind. */
  closing: { readonly isLock: boolean };
}

type Name = keyof ServiceEvents;
type Listener<K extends Name> = (payload: ServiceEvents[K]) => unknown;

export interface ServiceEmitter {
  on<K extends Name>(name: K, listener: Listener<K>): void;
  /** Tells all listeners at once, in the order they came; resolves when the last of them is done. Errors: theirs. */
  emit<K extends Name>(name: K, payload: ServiceEvents[K]): Promise<void>;
}

export function createServiceEmitter(): ServiceEmitter {
  const listeners = new Map<Name, Listener<never>[]>();
  return {
    on(name, listener) {
      listeners.set(name, [...(listeners.get(name) ?? []), listener]);
    },
    async emit(name, payload) {
      const found = (listeners.get(name) ?? []) as Listener<typeof name>[];
      await Promise.all(found.map((listener) => listener(payload)));
    },
  };
}
