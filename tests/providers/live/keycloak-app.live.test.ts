import { afterAll, beforeAll, describe, inject, it } from 'vitest';
import { startMailCatcher, type MailCatcher } from '../../support/mail-catcher.ts';
import { appStories } from '../keycloak/app-stories.ts';
import { openRealWorld } from './keycloak/keycloak-world.ts';

const keycloak = inject('keycloak');
const isMissing = 'missing' in keycloak;

describe.skipIf(isMissing)(
  `R4 the app at Keycloak${isMissing ? `: ${keycloak.missing}` : ` ${keycloak.version}`}`,
  () => {
    let mails: MailCatcher;
    beforeAll(async () => {
      mails = await startMailCatcher();
    });
    afterAll(() => mails[Symbol.asyncDispose]());

    it.each(Object.entries(appStories))('%s', (_name, tell) =>
      tell(openRealWorld(isMissing ? '' : keycloak.base, mails)),
    );
  },
);
