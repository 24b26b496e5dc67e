import type { Notes } from '../notes.ts';
import { allRoles } from '../people.ts';
import { PageVisitor } from '../page-visitor.ts';
import { calendarClient, strangerClient } from '../realm.ts';
import { authorize, exchange, refresh, takeTokens, type Tokens } from '../sign-in.ts';
import { Client, makePerson, type KeycloakWorld } from './world.ts';

export async function giveConsent(world: KeycloakWorld, notes: Notes): Promise<void> {
  const client = await Client.signIn(world, notes, await makePerson(world, allRoles));
  const ask = () => authorize(world.issuer, {}, calendarClient);
  const declined = notes.page('consent', await client.visitor.open(ask().address));
  await client.fill('declined', declined, { cancel: 'No' });
  const authorization = ask();
  const back = await client.fill('agreed', await client.visitor.open(authorization.address), { accept: 'Yes' });
  const tokens = (await (await exchange(world.issuer, authorization, back)).json()) as Tokens;
  await client.ask('applications', 200, '/applications');
  await client.ask('found by a part of its id', 200, '/applications?name=calen');
  await client.ask('given consent', 200, '/applications/calendar/consent');
  await client.ask('none given', 204, '/applications/profile-desk/consent');
  await client.ask('consent of nobody', 404, '/applications/nobody/consent');
  await client.send('withdrawn', 204, 'DELETE', '/applications/calendar/consent');
  await notes.answer('it is out', 400, refresh(world.issuer, tokens.refresh_token, calendarClient));
  await client.ask('applications left', 200, '/applications');
  await client.send('withdrawn again', 204, 'DELETE', '/applications/calendar/consent');
  await client.send('withdrawn from nobody', 404, 'DELETE', '/applications/nobody/consent');
}

/** Nobody is asked for a consent: what the program keeps beyond the browser is withdrawn all the same. */
export async function withdrawOffline(world: KeycloakWorld, notes: Notes): Promise<void> {
  const client = await Client.signIn(world, notes, await makePerson(world, allRoles));
  const visitor = new PageVisitor(world.base);
  const scope = { scope: 'openid offline_access' };
  const tokens = await takeTokens(world.issuer, visitor, client.person, scope, strangerClient);
  await client.ask('applications', 200, '/applications');
  await client.send('withdrawn', 204, 'DELETE', `/applications/${strangerClient}/consent`);
  await notes.answer('it is out', 400, refresh(world.issuer, tokens.refresh_token, strangerClient));
  await client.ask('applications left', 200, '/applications');
}
