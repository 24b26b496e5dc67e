/** The kinds of account that the reference API can stand for; of each it has rights, fields and a demo person. */
export const presetIds = ['control-account', 'contact-center', 'platform'] as const;
export type PresetId = (typeof presetIds)[number];

export const defaultPresetId: PresetId = 'control-account';

export function isPresetId(text: string): text is PresetId {
  return presetIds.some((id) => id === text);
}
