import { inject } from 'vitest';
import { startMailCatcher } from '../../support/mail-catcher.ts';
import { describeConformance } from '../conformance/conformance.ts';
import { anyKeycloak, describeKeycloak } from '../conformance/worlds/keycloak/keycloak-world.ts';
import { openRealWorld } from './keycloak/keycloak-world.ts';

const keycloak = inject('keycloak');
const isMissing = 'missing' in keycloak;

describeConformance({
  ...anyKeycloak,
  name: isMissing ? 'Keycloak' : `Keycloak ${keycloak.version}`,
  missing: isMissing ? keycloak.missing : undefined,
  // Started once for all live tests.
  isShared: true,
  async start() {
    const mails = await startMailCatcher();
    return {
      ...describeKeycloak(openRealWorld(isMissing ? '' : keycloak.base, mails)),
      [Symbol.asyncDispose]: () => mails[Symbol.asyncDispose](),
    };
  },
});
