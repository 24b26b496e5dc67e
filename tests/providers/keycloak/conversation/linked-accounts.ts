import type { Notes } from '../notes.ts';
import { adaAtPartner } from '../people.ts';
import { Client, makePerson, type KeycloakWorld } from './world.ts';

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
