import { defineStore } from 'pinia';
import { computed, shallowReadonly, shallowRef, watch } from 'vue';
import type { Notice } from '../../shared/contract/app.ts';
import type { ErrorShape } from '../../shared/contract/error-shape.ts';
import type { ProtectionWish } from '../../shared/contract/vault.ts';
import { useHost } from '../host/host.ts';
import { createResource } from '../lib/resource/resource.ts';

/** The app itself: how data is kept here, and what the person must know about it. */
export const useAppStore = defineStore('app', () => {
  const host = useHost();
  const {
    snapshot,
    loadError,
    apply,
    open: start,
  } = createResource(host, 'app.changed', { read: () => host.calls.app.snapshot() });
  const startError = shallowRef<ErrorShape>();
  /** Until the first snapshots are there, or it is known why not. */
  const isStarting = shallowRef(true);
  const dismissed = shallowRef<ReadonlySet<string>>(new Set());

  /** Nothing outlives this run: there is no key store. */
  const isThisRunOnly = computed(() => snapshot.value?.storage.protection === 'this-run-only');
  /** Once read, the small sign in the title bar says it. */
  const knowsThisRunOnly = shallowRef(false);

  const notices = computed(() => snapshot.value?.notices.filter((notice) => !dismissed.value.has(notice.file)) ?? []);

  const hasFilesInTheWay = computed(() => notices.value.some(({ isInTheWay }) => isInTheWay));

  /** Hides a notice until the next start. */
  function dismiss({ file }: Notice): void {
    dismissed.value = new Set([...dismissed.value, file]);
  }

  /** Goes on without a file that is in the way. Errors: not-found, storage-fault. */
  async function setAside(file: string): Promise<void> {
    apply(await host.calls.app.setAside({ file }));
  }

  const { vault } = host.calls;
  /** Errors: unauthenticated (wrong-passphrase), rate-limited (locked-out). */
  const unlock = async (passphrase: string): Promise<void> => apply(await vault.unlock({ passphrase }));
  /** Errors: invalid-request, key-store-unavailable, those of `unlock`. */
  const protect = async (wish: ProtectionWish): Promise<void> => apply(await vault.protect(wish));
  const keepNothing = async (): Promise<void> => apply(await vault.keepNothing());
  /** Whether anything could unlock it again. */
  const canLock = computed(() => snapshot.value?.storage.unlock !== undefined);
  /** This page begins anew then. Errors: not-offered. */
  const lock = async (): Promise<void> => void (await vault.lock());

  /** Errors: not-found, storage-fault. */
  const giveUp = async (): Promise<void> => apply(await vault.giveUp());

  /** What the person is shown of it, over any page. */
  const shownProtection = shallowRef<'choice' | 'panel'>();
  function showProtection(what: 'choice' | 'panel' | undefined): void {
    shownProtection.value = what;
  }
  // Asked by itself once; later on request.
  watch(
    () => snapshot.value?.storage.isUndecided,
    (isUndecided, before) => isUndecided && !before && showProtection('choice'),
  );

  /** What is taken along from this computer, or brought to it (X14), over any page. */
  const shownTransfer = shallowRef<'export' | 'import'>();
  function showTransfer(what: 'export' | 'import' | undefined): void {
    shownTransfer.value = what;
  }

  function noteThisRunOnly(): void {
    knowsThisRunOnly.value = true;
  }

  /** A copied secret that comes back to the clipboard, whatever is done. */
  const isSecretOnClipboard = shallowRef(false);
  host.on('clipboard.changed', ({ isStillThere = false }) => (isSecretOnClipboard.value = isStillThere));
  const dismissClipboard = (): void => void (isSecretOnClipboard.value = false);

  return {
    snapshot,
    loadError,
    startError,
    isStarting,
    notices,
    hasFilesInTheWay,
    isThisRunOnly,
    knowsThisRunOnly: shallowReadonly(knowsThisRunOnly),
    isSecretOnClipboard: shallowReadonly(isSecretOnClipboard),
    start,
    dismiss,
    setAside,
    dismissClipboard,
    noteThisRunOnly,
    unlock,
    protect,
    keepNothing,
    giveUp,
    canLock,
    lock,
    shownProtection: shallowReadonly(shownProtection),
    showProtection,
    shownTransfer: shallowReadonly(shownTransfer),
    showTransfer,
  };
});
