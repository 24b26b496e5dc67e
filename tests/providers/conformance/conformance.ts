import { afterAll, beforeAll, describe } from 'vitest';
import { describeAbsence } from './suite/absence.ts';
import { describeOperations } from './suite/operations.ts';
import { describeSigningIn } from './suite/signing-in.ts';
import type { Service, World } from './world.ts';

/** What every provider has to do, at its own service: the same for all of them. */
export function describeConformance(service: Service): void {
  const { missing } = service;
  const why = missing === undefined ? '' : ` (skipped: ${missing})`;
  describe.skipIf(missing !== undefined)(`R11 ${service.name}${why}`, () => {
    let world: World;
    beforeAll(async () => {
      world = await service.start();
    });
    afterAll(() => world[Symbol.asyncDispose]());

    describeSigningIn(service, () => world);
    describeOperations(service, () => world);
    describeAbsence(service, () => world);
  });
}
