import { defaultPresetId, isPresetId, presetIds, type PresetId } from '../../shared/presets.ts';
import { contactCenter } from './contact-center.ts';
import { controlAccount } from './control-account.ts';
import { platform } from './platform.ts';
import type { Preset } from './preset.ts';

export const byPreset: Readonly<Record<PresetId, Preset>> = {
  'control-account': controlAccount,
  'contact-center': contactCenter,
  platform,
};

export const presets = presetIds.map((id) => byPreset[id]);
export const defaultPreset = byPreset[defaultPresetId];

/** Undefined if there is no such preset. */
export function findPreset(id: string): Preset | undefined {
  return isPresetId(id) ? byPreset[id] : undefined;
}
