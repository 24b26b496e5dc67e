import type { Notes } from '../notes.ts';
import { PageVisitor } from '../page-visitor.ts';
import { adaAtPartner, allRoles } from '../people.ts';
import { calendarClient } from '../realm.ts';
import { authorize, exchange, refresh, type Tokens } from '../sign-in.ts';
import { Client, makePerson, type KeycloakWorld } from './world.ts';

const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) ' +
  'Version/18.0 Mobile/15E148 Safari/604.1';

export async function endSessions(world: KeycloakWorld, notes: Notes): Promise<void> {
  const person = await makePerson(world);
  const here = await Client.signIn(world, notes, person);
  const there = await Client.signIn(world, notes, person, new PageVisitor(world.base, iphone));
  await here.ask('sessions', 200, '/sessions');
  const devices = await there.ask('devices', 200, '/sessions/devices');
  await here.send('end a session that is none', 204, 'DELETE', '/sessions/nothing');
  const own = (devices as { current?: boolean; sessions: { id: string }[] }[]).find(({ current }) => current === true);
  await here.send('end one', 204, 'DELETE', `/sessions/${own?.sessions[0]?.id ?? ''}`);
  await there.ask('it is over', 401, '/');
  await notes.answer('also its refresh token', 400, refresh(world.issuer, there.tokens.refresh_token));
  await here.send('end the others', 204, 'DELETE', '/sessions');
  await here.ask('this one stays', 200, '/sessions/devices');
  await here.send('end this one too', 204, 'DELETE', '/sessions?current=true');
  await here.ask('over', 401, '/');
}

export async function linkAccounts(world: KeycloakWorld, notes: Notes): Promise<void> {
  const client = await Client.signIn(world, notes, await makePerson(world));
  const typed = { username: adaAtPartner.username, password: adaAtPartner.password };
  await client.ask('not linked', 200, '/linked-accounts');
  await client.cancel('link, cancelled', 'idp_link:partner');
  await client.act('link to nobody', 'idp_link:nobody');
  const provider = await client.visitor.submit(await client.act('link', 'idp_link:partner'), {});
  await client.fill('linked', provider, typed, 'kc-form-login');
  await client.ask('linked accounts', 200, '/linked-accounts');
  await client.ask('those not linked', 200, '/linked-accounts?linked=false');
  await client.act('link again', 'idp_link:partner');
  const other = await Client.signIn(world, notes, await makePerson(world));
  const again = await other.visitor.submit(await other.begin('idp_link:partner'), {});
  await other.fill('linked with another', again, typed, 'kc-form-login');
  await client.send('unlink', 204, 'DELETE', '/linked-accounts/partner');
  await client.send('unlink again', 400, 'DELETE', '/linked-accounts/partner');
  await client.send('unlink nobody', 400, 'DELETE', '/linked-accounts/nobody');
}

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

export async function deleteAccounts(world: KeycloakWorld, notes: Notes): Promise<void> {
  const client = await Client.signIn(world, notes, await makePerson(world, allRoles));
  const begin = async (who: Client) => {
    // Within the second of the sign-in nobody would be asked again.
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    return who.visitor.submit(await who.act('deletion asks again', 'delete_account'), who.credentials, 'kc-form-login');
  };
  await client.fill('deletion, cancelled', notes.page('deletion', await begin(client)), { 'cancel-aia': 'true' });
  await client.fill('deleted', await begin(client), {});
  await client.ask('nobody any more', 401, '/');
  await notes.answer('no tokens any more', 400, refresh(world.issuer, client.tokens.refresh_token));
  const without = await Client.signIn(world, notes, await makePerson(world));
  notes.page('may not delete', await begin(without), {});
}
