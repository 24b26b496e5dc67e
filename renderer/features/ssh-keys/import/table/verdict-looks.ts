import { Ban, CircleCheck, CircleQuestionMark, FileWarning, FileX, Lock, TriangleAlert } from '@lucide/vue';
import type { Component } from 'vue';
import type { ImportRow, KeyVerdict } from '../../../../../shared/contract/keys/ssh-keys.ts';
import type { TextKey } from '../../../../lib/i18n/text.ts';

export interface VerdictLook {
  readonly icon: Component;
  /** Class of its colour; never the only sign. */
  readonly tint: string;
  readonly word: TextKey;
  /** What to do. */
  readonly advice?: TextKey;
}

const tints = { good: 'text-accent-text', warning: 'text-warning', bad: 'text-danger', calm: 'text-muted' };

/** How each verdict looks, what it is called, and what the person can do about it. */
const verdictLooks: Readonly<Record<KeyVerdict, VerdictLook>> = {
  accepted: { icon: CircleCheck, tint: tints.good, word: 'keyImport.verdicts.accepted' },
  'advised-against': {
    icon: TriangleAlert,
    tint: tints.warning,
    word: 'keyImport.verdicts.advisedAgainst',
    advice: 'keyImport.advice.advisedAgainst',
  },
  refused: { icon: Ban, tint: tints.bad, word: 'keyImport.verdicts.refused', advice: 'keyImport.advice.refused' },
  'needs-passphrase': {
    icon: Lock,
    tint: tints.calm,
    word: 'keyImport.verdicts.needsPassphrase',
    advice: 'keyImport.advice.needsPassphrase',
  },
  'wrong-passphrase': {
    icon: Lock,
    tint: tints.bad,
    word: 'keyImport.verdicts.wrongPassphrase',
    advice: 'keyImport.advice.wrongPassphrase',
  },
  unsupported: {
    icon: CircleQuestionMark,
    tint: tints.warning,
    word: 'keyImport.verdicts.unsupported',
    advice: 'keyImport.advice.unsupported',
  },
  damaged: {
    icon: FileWarning,
    tint: tints.bad,
    word: 'keyImport.verdicts.damaged',
    advice: 'keyImport.advice.damaged',
  },
  'not-a-key': {
    icon: FileX,
    tint: tints.calm,
    word: 'keyImport.verdicts.notAKey',
    advice: 'keyImport.advice.notAKey',
  },
  unreadable: {
    icon: FileX,
    tint: tints.warning,
    word: 'keyImport.verdicts.unreadable',
    advice: 'keyImport.advice.unreadable',
  },
};

const strangerLook: VerdictLook = {
  icon: CircleQuestionMark,
  tint: tints.warning,
  word: 'keyImport.verdicts.notKnownAsOwn',
};

/** A good key that is not known to be the person's own is not called good here (K6). */
export function lookOf({ verdict, origin, isAdded }: ImportRow): VerdictLook {
  const isStranger = verdict === 'accepted' && !isAdded && origin !== 'own';
  return isStranger ? strangerLook : verdictLooks[verdict];
}
