import type { TransferConflict, TransferPart, TransferProblem } from '../../../shared/contract/transfer.ts';
import type { Settings } from '../../../shared/contract/settings.ts';
import { fieldPaths, type FieldName } from '../../../shared/profile-fields.ts';
import { joinFacts } from '../../lib/formats.ts';
import type { TextKey } from '../../lib/i18n/parts.ts';
import { t } from '../../lib/i18n/text.ts';

/** In the order of the screen. */
export const parts = [
  'settings',
  'sessionNames',
  'drafts',
  'activity',
  'privateKeys',
] as const satisfies readonly TransferPart[];

export function problemText({ kind, version }: TransferProblem): string {
  return t(`transfer.problems.${kind}`, { version: version ?? 0 });
}

export function ownerText({ name, email, providerName }: NonNullable<TransferConflict['account']>): string {
  return joinFacts(name || email, providerName);
}

const settings: Readonly<Record<string, TextKey>> = {
  theme: 'transfer.theme',
  lockAfterMinutes: 'transfer.lockAfter',
  takeKeysBackOnLock: 'transfer.takeKeysBack',
  activityLimit: 'transfer.activityLimit',
  notifyOfNew: 'transfer.notifyOfNew',
} satisfies Record<keyof Settings, TextKey>;

/** Which of the person's things differs. */
export function conflictName({ part, what }: TransferConflict): string {
  if (part === 'accounts') return t('transfer.clientId');
  if (part === 'sessionNames') return t('transfer.sessionName');
  if (part === 'settings') return t(settings[what] ?? 'transfer.parts.settings');
  const path = fieldPaths.find((each) => each === what);
  return path ? t(`profile.fields.${path.split('.')[1] as FieldName}`) : what;
}

/** One of the two values, as the person knows it. */
export function valueText({ part, what }: TransferConflict, value: string): string {
  if (part !== 'settings') return value === '' ? t('transfer.none') : value;
  if (value === 'true' || value === 'false') return t(value === 'true' ? 'transfer.yes' : 'transfer.no');
  if (what === 'theme') return t(value === 'dark' || value === 'light' ? `theme.${value}` : 'theme.system');
  if (what === 'activityLimit') return value;
  return value === 'null' ? t('vault.lockNever') : t('vault.lockMinutes', { count: Number(value) });
}
