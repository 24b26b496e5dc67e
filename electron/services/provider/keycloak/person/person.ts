import * as z from 'zod';
import type { SignedSender } from '../../signed-sender.ts';

const text = z.string().max(10_000);

/** What the realm says of one attribute; what is not listed, the person may not even see. */
const remoteAttributeSchema = z.object({
  name: z.string().max(1_000),
  readOnly: z.boolean().optional(),
  annotations: z.record(z.string(), z.unknown()).nullish(),
});
export type RemoteAttribute = z.infer<typeof remoteAttributeSchema>;

/** Loose: what is not known here goes back as it came, since a write replaces the whole record. */
const remotePersonSchema = z.looseObject({
  id: z.string().min(1).max(200),
  username: text,
  firstName: text.nullish(),
  lastName: text.nullish(),
  email: text.nullish(),
  userProfileMetadata: z.looseObject({ attributes: z.array(remoteAttributeSchema).max(10_000) }).nullish(),
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

export function attributeOf({ userProfileMetadata }: RemotePerson, name: string): RemoteAttribute | undefined {
  return userProfileMetadata?.attributes.find((attribute) => attribute.name === name);
}

/** The required action Update Email is on: the account API does not change the address any more, a page does. */
export function isChangedOnPage({ readOnly, annotations }: RemoteAttribute): boolean {
  return readOnly === true && annotations?.['kc.required.action.supported'] === true;
}
