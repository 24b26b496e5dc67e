import * as z from 'zod';
import { maxValues } from '../../../../../shared/contract/account/described-fields.ts';
import type { SignedSender } from '../../signed-sender.ts';

const text = z.string().max(10_000);

/** What the realm says of one attribute; what is not listed, the person may not even see. */
const remoteAttributeSchema = z.object({
  name: z.string().max(1_000),
  displayName: text.nullish(),
  required: z.boolean().nullish(),
  readOnly: z.boolean().optional(),
  multivalued: z.boolean().nullish(),
  group: z.string().max(100).nullish(),
  annotations: z.record(z.string(), z.unknown()).nullish(),
  /** Rule → what it says. */
  validators: z.record(z.string(), z.unknown()).nullish(),
});
export type RemoteAttribute = z.infer<typeof remoteAttributeSchema>;

const remoteGroupSchema = z.object({
  name: z.string().max(100),
  displayHeader: text.nullish(),
  displayDescription: text.nullish(),
});

/** Loose: what is not known here goes back as it came, since a write replaces the whole record. */
const remotePersonSchema = z.looseObject({
  id: z.string().min(1).max(200),
  username: text,
  firstName: text.nullish(),
  lastName: text.nullish(),
  email: text.nullish(),
  attributes: z.record(z.string(), z.unknown()).nullish(),
  userProfileMetadata: z
    .looseObject({
      attributes: z.array(remoteAttributeSchema).max(10_000),
      groups: z.array(remoteGroupSchema).max(1_000).nullish(),
    })
    .nullish(),
});
export type RemotePerson = z.infer<typeof remotePersonSchema>;

export const personPath = '/account/';

export async function readPerson(send: SignedSender): Promise<RemotePerson> {
  return (await send({ method: 'GET', path: personPath, schema: remotePersonSchema })).body;
}

const remoteUserinfoSchema = z.object({ sub: z.string().min(1).max(200) });

/** The account API says the same 401 to a person without any of its roles; here that person is known. */
export async function readSubject(send: SignedSender): Promise<string> {
  const path = '/protocol/openid-connect/userinfo';
  return (await send({ method: 'GET', path, schema: remoteUserinfoSchema })).body.sub;
}

const topLevel = ['username', 'firstName', 'lastName', 'email'] as const;

function isTopLevel(name: string): name is (typeof topLevel)[number] {
  return topLevel.some((each) => each === name);
}

const valuesSchema = z.array(text).max(maxValues);

/** Undefined where there are more, or larger ones, than can be shown: they stay as they are. */
export function valuesOf(person: RemotePerson, name: string): readonly string[] | undefined {
  if (isTopLevel(name)) return [person[name] ?? ''];
  const found = person.attributes && Object.hasOwn(person.attributes, name) ? person.attributes[name] : [];
  return valuesSchema.safeParse(found).data;
}

/** The whole record with other values: what is left out of it would be removed. */
export function withValues(person: RemotePerson, changes: ReadonlyMap<string, readonly string[]>): RemotePerson {
  const all = [...changes];
  return {
    ...person,
    ...Object.fromEntries(all.filter(([name]) => isTopLevel(name)).map(([name, [value = '']]) => [name, value])),
    attributes: { ...person.attributes, ...Object.fromEntries(all.filter(([name]) => !isTopLevel(name))) },
    userProfileMetadata: undefined,
  };
}

const localesSchema = z.array(z.string().min(1).max(100)).max(1_000);

/** Language tags (BCP 47) that the realm's pages are there in. */
export async function readLocales(send: SignedSender): Promise<readonly string[]> {
  return (await send({ method: 'GET', path: '/account/supportedLocales', schema: localesSchema })).body;
}

export function attributeOf({ userProfileMetadata }: RemotePerson, name: string): RemoteAttribute | undefined {
  return userProfileMetadata?.attributes.find((attribute) => attribute.name === name);
}

/** The required action Update Email is on: the account API does not change the address any more, a page does. */
export function isChangedOnPage({ readOnly, annotations }: RemoteAttribute): boolean {
  return readOnly === true && annotations?.['kc.required.action.supported'] === true;
}
