import { contactCenter } from './contact-center.ts';
import { controlAccount } from './control-account.ts';
import { platform } from './platform.ts';
import type { Preset } from './preset.ts';

export const presets: readonly Preset[] = [controlAccount, contactCenter, platform];

export const presetIds = presets.map(({ id }) => id);
export const defaultPreset: Preset = controlAccount;

/** Undefined if there is no such preset. */
export function findPreset(id: string): Preset | undefined {
  return presets.find((preset) => preset.id === id);
}
