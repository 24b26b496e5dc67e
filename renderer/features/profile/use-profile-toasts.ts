import { watch } from 'vue';
import { formatList } from '../../lib/formats.ts';
import { t } from '../../lib/i18n/text.ts';
import { useToasts } from '../../ui/feedback/use-toasts.ts';
import { useProfileStore } from './profile.store.ts';

/** What goes well with the profile is told once: that it is saved, and what it was combined with (W2). */
export function useProfileToasts(): void {
  const profile = useProfileStore();
  const toasts = useToasts();

  watch(
    () => [profile.mergedFields, profile.conflicts.length > 0] as const,
    ([fields, hasClash], before) => {
      // Where a value has to be chosen, the one banner tells this too.
      if (fields.length === 0 || hasClash) return;
      if (!before?.[1])
        toasts.say({
          title: t('profile.mergedTitle'),
          body: t('profile.mergedBody', { fields: formatList(fields.map(profile.labelOf)) }),
        });
      profile.dismissMerged();
    },
    { immediate: true },
  );
  watch(
    () => profile.isUpdating,
    (isUpdating) => {
      if (isUpdating) return;
      const { saved, failed, failure } = profile.outcome;
      const isWhole = failed.length === 0 && !failure && profile.conflicts.length === 0;
      if (isWhole && saved.length > 0) toasts.say({ title: t('profile.saved') });
    },
  );
}
