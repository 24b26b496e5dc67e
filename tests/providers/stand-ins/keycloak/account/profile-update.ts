import * as z from 'zod';
import { profileAttributes, type ProfileAttribute } from '../../../keycloak/user-profile.ts';
import { Refusal } from '../answers.ts';
import type { RealmState, StoredPerson } from '../realm-state.ts';
import { isReadOnly } from './profile-metadata.ts';
import { checkValues, type FieldError } from './profile-rules.ts';

// A write replaces the whole record: an attribute that is not sent is removed, unless the person may not change it.

const values = z.union([z.array(z.string()), z.string().transform((value) => [value])]);
const recordSchema = z.strictObject({
  id: z.unknown().optional(),
  username: z.string().optional(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  email: z.string().optional(),
  emailVerified: z.unknown().optional(),
  attributes: z.record(z.string(), values).optional(),
  userProfileMetadata: z.unknown().optional(),
});
type SentRecord = z.infer<typeof recordSchema>;
type Values = Readonly<Record<string, readonly string[]>>;

const topLevel = ['username', 'firstName', 'lastName', 'email'] as const;
type TopLevel = (typeof topLevel)[number];
const clashMessages = { username: 'usernameExistsMessage', email: 'emailExistsMessage' };

/** Errors: Refusal. */
export function updateProfile(realm: RealmState, person: StoredPerson, body: unknown): void {
  const sent = parse(body);
  const wanted = listWanted(sent, person);
  const errors = profileAttributes.flatMap((attribute) => check(attribute, wanted, realm, person));
  if (errors.length > 0) throw refuse(400, errors);
  const clashes = findClashes(realm, person, wanted);
  if (clashes.length > 0) throw refuse(409, clashes);
  store(realm, person, wanted);
}

function parse(body: unknown): SentRecord {
  if (Array.isArray(body))
    throw new Refusal(400, { error: 'unknown_error', error_description: 'Cannot parse the JSON' });
  const result = recordSchema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const key = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path.join('.');
  const why = `Unrecognized field "${key ?? ''}" at line 1 column 1.`;
  throw new Refusal(400, { error: `Invalid json representation for UserRepresentation. ${why}` });
}

/** By attribute name; what is read-only at the top may be left out. */
function listWanted(sent: SentRecord, person: StoredPerson): Values {
  const top = topLevel.map((name) => {
    const value = sent[name] ?? (['username', 'email'].includes(name) ? person[name] : '');
    return [name, [['username', 'email'].includes(name) ? value.toLowerCase() : value]];
  });
  return { ...sent.attributes, ...(Object.fromEntries(top) as Values) };
}

function check(attribute: ProfileAttribute, wanted: Values, realm: RealmState, person: StoredPerson): FieldError[] {
  const { name, displayName, required, permissions } = attribute;
  if (!permissions.view.includes('user')) return [];
  const sent = wanted[name] ?? [];
  const complain = (errorMessage: string) => ({ field: name, errorMessage, params: [displayName] });
  const errors: FieldError[] = [];
  const isChanged = sent.length > 0 && sent.join('\n') !== valuesOf(person, name).join('\n');
  if (isReadOnly(attribute, realm.switches) && isChanged) {
    errors.push(complain('error-user-attribute-read-only'));
    if (name === 'username') errors.push(complain('readOnlyUsernameMessage'));
  }
  if (required && sent.every((value) => value === '')) {
    if (name === 'email') errors.push(complain('missingEmailMessage'));
    errors.push(complain('error-user-attribute-required'));
  }
  return [...errors, ...checkValues(attribute, sent)];
}

function findClashes(realm: RealmState, person: StoredPerson, wanted: Values): FieldError[] {
  return (['username', 'email'] as const).flatMap((name) => {
    const owner = realm.find(wanted[name]?.[0] ?? '');
    return owner && owner !== person
      ? [{ field: name, errorMessage: clashMessages[name], params: [`\${${name}}`] }]
      : [];
  });
}

function store(realm: RealmState, person: StoredPerson, wanted: Values): void {
  if (wanted['email']?.[0] !== person.email) person.emailVerified = false;
  for (const name of topLevel) person[name] = wanted[name]?.[0] ?? '';
  const untouched = Object.entries(person.attributes).filter(([name]) => !isWritable(realm, name));
  const sent = Object.entries(wanted).filter(([name]) => isWritable(realm, name));
  const filled = sent.map(([name, list]) => [name, list.filter((value) => value !== '')] as const);
  person.attributes = Object.fromEntries([...untouched, ...filled.filter(([, list]) => list.length > 0)]);
}

/** An attribute that the realm does not describe is dropped without a word, unless it keeps them all. */
function isWritable({ switches }: RealmState, name: string): boolean {
  if (topLevel.includes(name as TopLevel)) return false;
  if (name === 'locale') return true;
  const attribute = profileAttributes.find((each) => each.name === name);
  return attribute ? !isReadOnly(attribute, switches) : switches.keepsUnknownAttributes;
}

function valuesOf(person: StoredPerson, name: string): readonly string[] {
  return topLevel.includes(name as TopLevel) ? [person[name as TopLevel]] : (person.attributes[name] ?? []);
}

/** A single complaint is told twice: at the top, and in the list. */
function refuse(status: number, errors: readonly FieldError[]): Refusal {
  const [only] = errors;
  return new Refusal(status, { ...(errors.length === 1 && only), errors });
}
