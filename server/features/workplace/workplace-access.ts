import type { FieldRule } from '../../accounts/field-access.ts';
import type { WorkplaceRules } from '../../presets/preset.ts';
import { sectionAccess, type SectionAccess } from '../../accounts/field-access.ts';

/**
 * The pattern needs its own permission beside the one to edit; what is about WFM is not there without WFM and the right
 * to it.
 */
export function workplaceAccess(rules: WorkplaceRules, permissions: readonly string[]): SectionAccess {
  const edit: FieldRule = { permission: rules.editPermission };
  const hasWfm = rules.wfmPermission !== null && permissions.includes(rules.wfmPermission);
  const wfm = hasWfm ? edit : 'not-offered';
  const dialingPattern = permissions.includes(rules.editPermission) ? { permission: rules.dialingPermission } : edit;
  return sectionAccess(
    ['dialingPattern', 'wfmNotifications', 'wfmInterval'],
    { dialingPattern, wfmNotifications: wfm, wfmInterval: wfm },
    permissions,
  );
}
