import type { FieldErrors } from '../../../shared/contract/error-shape.ts';
import type { RuleVerdict } from '../../../shared/password-policy.ts';
import { fieldErrorText } from '../../lib/errors/field-error-text.ts';
import { t } from '../../lib/i18n/text.ts';

export interface PasswordEntry {
  current: string;
  next: string;
  repeat: string;
}

export type Mistakes = Partial<Record<keyof PasswordEntry, string>>;

interface Judgement {
  readonly verdicts: readonly RuleVerdict[];
  /** Nobody is told off before the first try. */
  readonly wasTried: boolean;
  /** What the provider refused, and where. */
  readonly refusal: { readonly entry: PasswordEntry; readonly fields: FieldErrors } | undefined;
  readonly provider: string;
}

/** What is wrong at each field, in words. */
export function findMistakes(typed: PasswordEntry, { verdicts, wasTried, refusal, provider }: Judgement): Mistakes {
  if (!wasTried) return {};
  const stillRefused = (field: 'current' | 'next') =>
    refusal && refusal.entry[field] === typed[field] ? refusal.fields[field] : undefined;
  const found: Record<keyof PasswordEntry, string | undefined> = {
    current: typed.current === '' ? t('signIn.required') : stillRefused('current') && t('password.wrongCurrent'),
    next: nextMistake(typed, verdicts) ?? refusalText(stillRefused('next'), provider),
    repeat:
      typed.repeat === '' ? t('signIn.required') : typed.repeat === typed.next ? undefined : t('password.notRepeated'),
  };
  return Object.fromEntries(Object.entries(found).filter(([, mistake]) => mistake));
}

function nextMistake({ current, next }: PasswordEntry, verdicts: readonly RuleVerdict[]): string | undefined {
  if (next === '') return t('signIn.required');
  if (verdicts.some(({ isMet }) => !isMet)) return t('password.rulesFirst');
  return next === current ? t('password.sameAsCurrent') : undefined;
}

function refusalText(refusal: FieldErrors[string] | undefined, provider: string): string | undefined {
  if (!refusal) return undefined;
  return refusal.code === 'not-valid' ? t('password.refusedNext', { provider }) : fieldErrorText(refusal);
}
