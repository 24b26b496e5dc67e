import { createServer } from '../../../../../server/create-server.ts';
import { contactCenter } from '../../../../../server/presets/contact-center.ts';
import { controlAccount } from '../../../../../server/presets/control-account.ts';
import { platform } from '../../../../../server/presets/platform.ts';
import type { Preset } from '../../../../../server/presets/preset.ts';
import { createArgon2id } from '../../../../../server/security/passwords.ts';
import { startIdentityProvider } from '../../../../support/identity-provider.ts';
import { startListeningProxy } from '../../../../support/listening-proxy.ts';
import { makeTempFolder } from '../../../../support/temp-folder.ts';
import type { Person } from '../../world.ts';
import { referenceExpectations } from './expectations.ts';

const { accessKeys } = contactCenter;
const { identityKeys } = platform;
const everything: Preset = {
  ...controlAccount,
  ...{ accessKeys, identityKeys },
  mfa: { offers: ['enrolment', 'typed-secret'], hasRecoveryCodes: true },
};

const permissions = Object.values(referenceExpectations).flatMap(({ needs }) => needs ?? []);

/** For next to nothing: a slow hash proves nothing here. */
const passwords = createArgon2id({ memoryCost: 64, timeCost: 1, parallelism: 1 });

export type ReferenceServer = Awaited<ReturnType<typeof startReferenceServer>>;

/** A real one with an identity provider beside it; what passes between it and the app is heard. */
export async function startReferenceServer() {
  const identityProvider = await startIdentityProvider();
  const folder = makeTempFolder();
  const publicAddresses: string[] = [];
  const { issuer, clientId } = identityProvider;
  const server = await createServer({
    dataFolder: folder.path,
    preset: everything,
    passwords,
    isDevelopment: true,
    requestsPerMinute: 100_000,
    resetInterval: 5,
    identityProviders: [{ name: 'Brightline Sign-in', issuer, clientId }],
    publicAddresses,
  });
  const proxy = await startListeningProxy(await server.listen(0));
  publicAddresses.push(proxy.address);
  let count = 0;

  return {
    address: proxy.address,
    heard: () => proxy.heard(),
    issuer,
    async addPerson(isPermitted: boolean): Promise<Person> {
      count += 1;
      const name = `person-${String(count)}`;
      const person = { identifier: name, password: `${name} keeps this`, email: `${name}@example.org` };
      const { user, contact } = everything.demo;
      server.stores.accounts.create({
        user: { ...user, firstName: 'Kim', username: name },
        contact: { ...contact, email: person.email },
        passwordHash: await passwords.hash(person.password),
        permissions: isPermitted ? permissions : [],
      });
      return { ...person, firstName: 'Kim' };
    },
    async [Symbol.asyncDispose]() {
      await proxy[Symbol.asyncDispose]();
      await server.close();
      await identityProvider.close();
      folder[Symbol.dispose]();
    },
  };
}
