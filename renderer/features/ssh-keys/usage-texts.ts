import type { KeyUsage } from '../../../shared/contract/keys/ssh-keys.ts';
import type { TextKey } from '../../lib/i18n/text.ts';

/** What a key counts for at its service. */
export const usageTexts: Readonly<Record<KeyUsage, TextKey>> = {
  authentication: 'sshKeys.usageAuthentication',
  signing: 'sshKeys.usageSigning',
  both: 'sshKeys.usageBoth',
};
