import type { Rotation } from '../../../../shared/contract/keys/rotation.ts';
import type { TextKey } from '../../../lib/i18n/text.ts';

/** `begin`: nothing is under way yet. */
export type Step = Rotation['step'] | 'begin';

const steps: Readonly<Record<Rotation['kind'], readonly Step[]>> = {
  'access-key': ['begin', 'test', 'switch', 'stopped'],
  // The only key there is goes with the new one: the list comes first, and there is nothing to stop.
  'api-key': ['prepare', 'test', 'switch'],
};

export function stepsOf(kind: Rotation['kind']): readonly Step[] {
  return steps[kind];
}

export function stepKey(step: Step): TextKey {
  switch (step) {
    case 'begin':
      return 'rotation.stepMake';
    case 'prepare':
      return 'rotation.stepPrepare';
    case 'test':
      return 'rotation.stepTest';
    case 'switch':
      return 'rotation.stepSwitch';
    case 'stopped':
      return 'rotation.stepStop';
  }
}
