import type { Notes } from '../notes.ts';
import { Client, makePerson, withSwitches, type KeycloakWorld } from './world.ts';

interface ProfileRecord {
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  readonly email: string;
}

type Changes = Readonly<Record<string, unknown>>;

/** Each kind of attribute with a value that the realm refuses. */
const refused: readonly (readonly [name: string, changes: Changes])[] = [
  ['too short', { nickname: ['x'] }],
  ['too long', { about: ['x'.repeat(501)] }],
  ['none of the choices', { department: ['moon'] }],
  ['one of several is no choice', { languages: ['en', 'moon'] }],
  ['too many', { languages: ['en', 'de', 'fr'] }],
  ['two of one', { nickname: ['Pat', 'Patty'] }],
  ['no date', { birthdate: ['17.5.1990'] }],
  ['no number', { desk: ['abc'] }],
  ['number out of range', { desk: ['5000'] }],
  ['not as the pattern wants', { phone_number: ['abc'] }],
  ['no address', { website: ['not an address'] }],
  ['address of a wrong kind', { website: ['javascript:alert(1)'] }],
  ['not theirs to change', { badge: ['B-9999'] }],
];

const refusedAtTop: readonly (readonly [name: string, changes: Changes])[] = [
  ['name is missing', { firstName: '' }],
  ['name with brackets', { lastName: 'A<b>' }],
  ['user name is fixed', { username: 'somebody-else' }],
  ['e-mail has a page of its own', { email: 'new@staff.example' }],
  ['unknown field', { shoe: 43 }],
];

/** What a write takes, refuses, keeps and drops. */
export async function writeProfile(world: KeycloakWorld, notes: Notes): Promise<void> {
  const client = await Client.signIn(world, notes, await makePerson(world));
  await client.ask('profile', 200, '/');
  await client.ask('languages', 200, '/supportedLocales');
  const record = (await client.ask('record', 200, '/?userProfileMetadata=false')) as ProfileRecord;
  const withAttributes = (attributes: Changes) => ({ ...record, attributes: { ...record.attributes, ...attributes } });
  const post = (name: string, status: number, body: unknown) => client.send(name, status, 'POST', '/', body);
  for (const [name, changes] of refused) await post(name, 400, withAttributes(changes));
  for (const [name, changes] of refusedAtTop) await post(name, 400, { ...record, ...changes });
  await post('several at once', 400, { ...withAttributes({ nickname: ['x'], desk: ['abc'] }), firstName: '' });
  await post('a list', 400, []);
  await client.ask('no JSON', 400, '/', { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } });
  await client.ask('other content', 415, '/', {
    method: 'POST',
    body: '{}',
    headers: { 'content-type': 'text/plain' },
  });
  await post('as it was', 204, record);
  await post('unknown attribute is dropped', 204, withAttributes({ shoe: ['43'], nickname: ['Pat'], about: [''] }));
  await client.ask('after it', 200, '/?userProfileMetadata=false');
  await post('unknown language is taken', 204, withAttributes({ locale: ['xx'] }));
  const { attributes, ...bare } = record;
  await post('without attributes', 204, bare);
  await client.ask('only what is read-only is left', 200, '/?userProfileMetadata=false');
  await post('back', 204, { ...bare, attributes });
}

/** Where the realm lets people change them here. */
export function changeNameAndEmail(world: KeycloakWorld, notes: Notes): Promise<void> {
  return withSwitches(world, { updatesEmailByAction: false, editsUsername: true }, async () => {
    const client = await Client.signIn(world, notes, await makePerson(world));
    const post = (name: string, status: number, changes: Changes) =>
      client.send(name, status, 'POST', '/', { ...record, ...changes });
    await client.ask('both can be changed', 200, '/');
    const record = (await client.ask('their record', 200, '/?userProfileMetadata=false')) as ProfileRecord;
    await post('e-mail of another', 409, { email: 'ada@staff.example' });
    await post('user name of another', 409, { username: 'ada' });
    await post('no e-mail', 400, { email: '' });
    await post('e-mail without a house', 400, { email: 'x' });
    await post('user name with blanks', 400, { username: 'a b<c>' });
    await post('new e-mail', 204, { email: `NEW-${record.email}` });
    await client.ask('is not verified', 200, '/?userProfileMetadata=false');
    await client.act('no page for it', 'UPDATE_EMAIL');
  });
}
