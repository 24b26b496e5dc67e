import type { RealmMessages } from '../messages.ts';
import type { RemoteAttribute, RemotePerson } from './person.ts';

/** What the realm says of its attributes and groups, in words as far as it has them; no value of the person's. */
export async function spellOut(person: RemotePerson, messages: RealmMessages): Promise<RemotePerson> {
  const { userProfileMetadata } = person;
  if (!userProfileMetadata) return person;
  const [attributes, words] = await Promise.all([
    Promise.all(userProfileMetadata.attributes.map((attribute) => spellAttribute(attribute, messages))),
    messages.spell((userProfileMetadata.groups ?? []).map(({ name: _name, ...words }) => words)),
  ]);
  const groups = userProfileMetadata.groups?.map((group, index) => ({ ...group, ...words[index] }));
  return { ...person, userProfileMetadata: { ...userProfileMetadata, attributes, groups } };
}

/** The app has names of its own for these. */
const builtIn = ['username', 'email', 'firstName', 'lastName', 'locale'];

async function spellAttribute(attribute: RemoteAttribute, messages: RealmMessages): Promise<RemoteAttribute> {
  if (builtIn.includes(attribute.name)) return attribute;
  const { displayName, annotations, pattern } = await messages.spell({
    displayName: attribute.displayName,
    annotations: attribute.annotations,
    pattern: attribute.validators?.['pattern'],
  });
  return {
    ...attribute,
    displayName,
    annotations: await labelChoices(annotations, messages),
    ...(pattern !== undefined && { validators: { ...attribute.validators, pattern } }),
  };
}

/** Choices can also be named by texts whose keys begin alike (`language.de`). */
async function labelChoices(
  annotations: RemoteAttribute['annotations'],
  messages: RealmMessages,
): Promise<RemoteAttribute['annotations']> {
  const prefix = annotations?.['inputOptionLabelsI18nPrefix'];
  if (typeof prefix !== 'string' || prefix === '') return annotations;
  const given = annotations?.['inputOptionLabels'];
  const inputOptionLabels = { ...(await messages.under(`${prefix}.`)), ...(typeof given === 'object' ? given : {}) };
  return { ...annotations, inputOptionLabels };
}
