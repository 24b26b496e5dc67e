import type { Database } from '../../database/database.ts';
import type { CallerScope } from '../../access/caller-scope.ts';
import { createEditableRecord } from '../../access/editable-record.ts';
import type { Feature } from '../../access/feature.ts';
import { Problem, type FieldProblem } from '../../http/problem.ts';
import { acceptMergePatchOnly, recordRoutes } from '../../access/record-routes.ts';
import type { WorkplaceRules } from '../../presets/preset.ts';
import type { AccountsStore } from '../../accounts/accounts.store.ts';
import { workplaceAccess } from './workplace-access.ts';
import {
  wfmIntervals,
  workplacePatchSchema,
  workplaceSchema,
  type Workplace,
  type WorkplacePatch,
} from './workplace.schemas.ts';
import type { WorkplaceSettings, WorkplaceStore } from './workplace.store.ts';

export interface WorkplaceDeps {
  readonly database: Database;
  readonly workplaces: WorkplaceStore;
  readonly accounts: AccountsStore;
  readonly rules: WorkplaceRules;
  readonly requireCaller: CallerScope;
}

export function workplaceFeature({ database, workplaces, accounts, rules, requireCaller }: WorkplaceDeps): Feature {
  const record = createEditableRecord<Workplace, WorkplacePatch>({
    database,
    read: (accountId) => ({ ...workplaces.read(accountId), choices: { dialingPattern: [...rules.dialingPatterns] } }),
    accessOf: (accountId) => workplaceAccess(rules, accounts.readPermissions(accountId)),
    apply: (accountId, patch, current) => {
      workplaces.write(accountId, changed(current, patch));
    },
  });
  return {
    offers: ['workplace.read', 'workplace.write'],
    access: (permissions) => ({ workplace: workplaceAccess(rules, permissions) }),
    register(app) {
      requireCaller(app);
      acceptMergePatchOnly(app);
      recordRoutes(app, {
        url: '/me/workplace',
        tag: 'workplace',
        what: 'workplace settings',
        valueSchema: workplaceSchema,
        patchSchema: workplacePatchSchema,
        record,
      });
    },
  };
}

/** Errors: Problem invalid. */
function changed(current: Workplace, patch: WorkplacePatch): WorkplaceSettings {
  const errors: FieldProblem[] = [];
  const dialingPattern = patch.dialingPattern === undefined ? current.dialingPattern : (patch.dialingPattern ?? '');
  const isChoice = dialingPattern === '' || current.choices.dialingPattern.some(({ id }) => id === dialingPattern);
  if (!isChoice && patch.dialingPattern !== undefined) errors.push({ field: 'dialingPattern', code: 'not-a-choice' });
  const wfmNotifications = patch.wfmNotifications ?? current.wfmNotifications;
  const wfmInterval = wfmIntervals.find((minutes) => minutes === (patch.wfmInterval ?? current.wfmInterval));
  if (wfmInterval === undefined) errors.push({ field: 'wfmInterval', code: 'not-a-choice' });
  // Without notifications there is nothing to wait for.
  else if (patch.wfmInterval !== undefined && !wfmNotifications) errors.push({ field: 'wfmInterval', code: 'locked' });
  if (wfmInterval === undefined || errors.length > 0) throw new Problem('invalid', { errors });
  return { dialingPattern, wfmNotifications, wfmInterval };
}
