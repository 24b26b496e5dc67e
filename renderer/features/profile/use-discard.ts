import { t } from '../../lib/i18n/text.ts';
import { useToasts } from '../../ui/feedback/use-toasts.ts';
import { useProfileStore } from './profile.store.ts';

/** Drops what is typed and not sent, and tells of it with Undo (W2). */
export function useDiscard(): () => void {
  const profile = useProfileStore();
  const toasts = useToasts();

  return () => {
    const isLoss = profile.isDirty;
    const bringBack = profile.discard();
    profile.rest();
    if (!isLoss) return;
    toasts.say({
      title: t('profile.discarded'),
      undo() {
        bringBack();
        // Another page may be shown by now, where nobody waits for it to be kept.
        void profile.keep();
      },
    });
  };
}
