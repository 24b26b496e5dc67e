import * as z from 'zod';
import type { FieldAccess, OperationAccess } from '../../../../shared/contract/account/profile.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { absentNotifications, absentWorkplace } from '../absent/absent-sections.ts';
import type { ProfileReading, ProviderAccount } from '../provider.ts';
import type { SignedSender } from '../signed-sender.ts';

const text = z.string().max(10_000);

const remotePersonSchema = z.object({
  id: z.string().min(1).max(200),
  username: text,
  firstName: text.default(''),
  lastName: text.default(''),
  email: text.default(''),
});
type RemotePerson = z.infer<typeof remotePersonSchema>;

const remoteUserinfoSchema = z.object({ sub: z.string().min(1).max(200) });

const shown: FieldAccess = { kind: 'set-by-provider' };
const absent: FieldAccess = { kind: 'not-offered' };

type ProfileCalls = Pick<ProviderAccount, 'readAccount' | 'whoAmI' | 'readProfile' | 'updateSection'>;

/** Looked at, not changed yet. */
export function createKeycloakProfile(
  send: SignedSender,
  issuer: string,
  operations: () => Promise<OperationAccess>,
): ProfileCalls {
  const read = async () => (await send({ method: 'GET', path: '/account/', schema: remotePersonSchema })).body;
  return {
    async readAccount() {
      const person = await read();
      return { personId: person.id, providerName: nameOf(issuer), profile: toReading(person, await operations()) };
    },
    // The account API says the same 401 to a person without any of its roles; here that person is known.
    async whoAmI() {
      const path = '/protocol/openid-connect/userinfo';
      return (await send({ method: 'GET', path, schema: remoteUserinfoSchema })).body.sub;
    },
    readProfile: async () => toReading(await read(), await operations()),
    updateSection: () => Promise.reject(new AppError('not-offered')),
  };
}

/** A realm's display name is told to nobody without a page: its name stands at the end of its address. */
function nameOf(issuer: string): string {
  return decodeURIComponent(issuer.slice(issuer.lastIndexOf('/') + 1)).slice(0, 200);
}

function toReading(
  { username, firstName, lastName, email }: RemotePerson,
  operations: OperationAccess,
): ProfileReading {
  const user = { firstName, lastName, username, role: '', company: '', registeredAt: null };
  const place = { addressLine1: '', addressLine2: '', city: '', state: '', postalCode: '', country: '' };
  const contact = { email, phone: '', ...place };
  return {
    operations,
    sections: {
      user: {
        values: user,
        access: { ...eachOf(user, absent), firstName: shown, lastName: shown, username: shown },
        revision: '',
        choices: { role: [] },
      },
      contact: { values: contact, access: { ...eachOf(contact, absent), email: shown }, revision: '' },
      workplace: absentWorkplace,
      notifications: absentNotifications,
      avatar: { values: { image: null }, access: { image: absent }, revision: '' },
    },
  };
}

function eachOf<T extends object>(values: T, access: FieldAccess): { [F in keyof T]: FieldAccess } {
  return Object.fromEntries(Object.keys(values).map((field) => [field, access])) as { [F in keyof T]: FieldAccess };
}
