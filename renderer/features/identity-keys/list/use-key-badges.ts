import { BadgeCheck, LockKeyhole, Plug } from '@lucide/vue';
import { computed } from 'vue';
import type { IdentityKey } from '../../../../shared/contract/keys/identity-keys.ts';
import { t } from '../../../lib/i18n/text.ts';
import { useKeptWords } from '../use-kept-words.ts';

/** What is special about a key, as sign, word and explanation. */
export function useKeyBadges(key: () => IdentityKey) {
  const words = useKeptWords();
  return computed(() =>
    [
      {
        isShown: key().verifiedAt !== null,
        tone: 'accent' as const,
        icon: BadgeCheck,
        text: t('identityKeys.verified'),
        hint: t('identityKeys.verifiedHint'),
      },
      {
        isShown: key().isKept,
        tone: 'neutral' as const,
        icon: LockKeyhole,
        text: words.value.badge,
        hint: words.value.hint,
      },
      {
        isShown: key().isInAgent,
        tone: 'neutral' as const,
        icon: Plug,
        text: t('identityKeys.inAgent'),
        hint: t('identityKeys.inAgentHint'),
      },
    ].filter(({ isShown }) => isShown),
  );
}
