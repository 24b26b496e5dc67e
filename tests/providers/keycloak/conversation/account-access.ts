import type { Notes } from '../notes.ts';
import { PageVisitor } from '../page-visitor.ts';
import { ada, nora, otto, vera } from '../people.ts';
import { strangerClient } from '../realm.ts';
import { takeTokens } from '../sign-in.ts';
import { Client, makePerson, type KeycloakWorld } from './world.ts';

/** Who is let in, and how one has to ask. */
export async function knock(world: KeycloakWorld, notes: Notes): Promise<void> {
  const client = await Client.signIn(world, notes, otto);
  const as = (name: string, status: number, headers: Readonly<Record<string, string>>) =>
    client.ask(name, status, '/', { headers });
  await as('no token', 401, { authorization: '' });
  await as('not a token', 401, { authorization: 'Bearer nothing' });
  await as('ID token', 401, { authorization: `Bearer ${client.tokens.id_token}` });
  await as('refresh token', 401, { authorization: `Bearer ${client.tokens.refresh_token}` });
  await as('page for whoever takes anything', 200, { accept: '*/*' });
  await as('page for a browser', 200, { accept: 'text/html' });
  await as('JSON by content type', 200, { accept: '*/*', 'content-type': 'application/json' });
  await as('not by a longer one', 200, { accept: '*/*', 'content-type': 'application/json; charset=utf-8' });
  await as('foreign origin', 403, { origin: 'https://elsewhere.example' });
  await client.ask('without a slash', 200, '');
  await client.ask('version it knows', 200, '/v1alpha1/supportedLocales');
  await client.ask('version it does not know', 404, '/v1/supportedLocales');
  for (const path of ['/nothing', '/organizations', '/verifiable-credentials', '/resources'])
    await client.ask(
      `not offered: ${path}`,
      path === '/resources' ? 403 : path === '/verifiable-credentials' ? 400 : 404,
      path,
    );
  await refuseOthers(world, notes);
}

/** Without a role of `account` it is as if nobody was signed in. */
async function refuseOthers(world: KeycloakWorld, notes: Notes): Promise<void> {
  const without = await Client.signIn(world, notes, nora);
  await without.ask('nobody with a role', 401, '/');
  const userinfo = `${world.issuer}/protocol/openid-connect/userinfo`;
  const headers = { authorization: `Bearer ${without.tokens.access_token}` };
  await notes.answer('but somebody', 200, fetch(userinfo, { headers }));
  without.tokens = await takeTokens(world.issuer, new PageVisitor(world.base), ada, {}, strangerClient);
  await without.ask('program without full scope', 401, '/');
}

/** Somebody who may look only. */
export async function lookOnly(world: KeycloakWorld, notes: Notes): Promise<void> {
  const client = await Client.signIn(world, notes, await makePerson(world, vera.accountRoles));
  for (const path of ['/', '/supportedLocales', '/credentials', '/sessions/devices', '/linked-accounts'])
    await client.ask(`may read ${path}`, 200, path);
  for (const path of ['/applications', '/applications/calendar/consent', '/groups'])
    await client.ask(`may not read ${path}`, 403, path);
  const record = await client.ask('record', 200, '/?userProfileMetadata=false');
  await client.send('may not write', 403, 'POST', '/', record);
  await client.send('may not label', 403, 'PUT', '/credentials/any/label', 'x');
  for (const path of [
    '/sessions',
    '/sessions/any',
    '/credentials/any',
    '/linked-accounts/partner',
    '/applications/calendar/consent',
  ])
    await client.send(`may not delete ${path}`, 403, 'DELETE', path);
  await client.act('may not link', 'idp_link:partner');
  await client.act('may set a password all the same', 'UPDATE_PASSWORD');
}
