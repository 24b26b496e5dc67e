import { BadgeCheck, CalendarClock, LockKeyhole, PenLine, Plug } from '@lucide/vue';
import { computed } from 'vue';
import type { SshKey } from '../../../../shared/contract/keys/ssh-keys.ts';
import { daysLeft } from '../../../lib/days.ts';
import { formatDay } from '../../../lib/formats.ts';
import { t } from '../../../lib/i18n/text.ts';
import { usePrivateHalfWords } from '../use-private-half-words.ts';

/** What is special about a key, as sign, word and explanation. */
export function useKeyBadges(key: () => SshKey) {
  const words = usePrivateHalfWords();
  return computed(() =>
    [
      {
        isShown: key().verifiedAt !== null,
        tone: 'accent' as const,
        icon: BadgeCheck,
        text: t('sshKeys.verified'),
        hint: t('sshKeys.verifiedHint'),
      },
      {
        // What signs in is what people take an SSH key for: the others are told apart from it.
        isShown: key().usage === 'signing' || key().usage === 'both',
        tone: 'neutral' as const,
        icon: PenLine,
        text: t(key().usage === 'both' ? 'sshKeys.usageBoth' : 'sshKeys.usageSigning'),
        hint: t(key().usage === 'both' ? 'sshKeys.usageBothHint' : 'sshKeys.usageSigningHint'),
      },
      endBadge(key()),
      {
        isShown: key().hasPrivateHalf,
        tone: 'neutral' as const,
        icon: LockKeyhole,
        text: words.value.badge,
        hint: words.value.hint,
      },
      {
        isShown: key().isInAgent,
        tone: 'neutral' as const,
        icon: Plug,
        text: t('sshKeys.inAgent'),
        hint: t('sshKeys.inAgentHint'),
      },
    ].filter(({ isShown }) => isShown),
  );
}

/** Days before its end from which on it is spoken of. */
const noticeDays = 30;

function endBadge({ expiresAt }: SshKey) {
  const left = expiresAt === undefined ? undefined : daysLeft(expiresAt, Date.now());
  const isOver = left !== undefined && left < 0;
  return {
    isShown: left !== undefined && left <= noticeDays,
    tone: 'warning' as const,
    icon: CalendarClock,
    text: isOver ? t('sshKeys.ended') : t('sshKeys.endsIn', { count: left ?? 0 }),
    hint: t(isOver ? 'sshKeys.endedHint' : 'sshKeys.endsHint', { date: expiresAt ? formatDay(expiresAt) : '' }),
  };
}
