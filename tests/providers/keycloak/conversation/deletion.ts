import type { Notes } from '../notes.ts';
import { allRoles } from '../people.ts';
import { refresh } from '../sign-in.ts';
import { Client, makePerson, nextSecond, type KeycloakWorld } from './world.ts';

export async function deleteAccounts(world: KeycloakWorld, notes: Notes): Promise<void> {
  const client = await Client.signIn(world, notes, await makePerson(world, allRoles));
  const begin = async (who: Client) => {
    await nextSecond();
    return who.visitor.submit(await who.act('deletion asks again', 'delete_account'), who.credentials, 'kc-form-login');
  };
  await client.fill('deletion, cancelled', notes.page('deletion', await begin(client)), { 'cancel-aia': 'true' });
  await client.fill('deleted', await begin(client), {});
  await client.ask('nobody any more', 401, '/');
  await notes.answer('no tokens any more', 400, refresh(world.issuer, client.tokens.refresh_token));
  const without = await Client.signIn(world, notes, await makePerson(world));
  notes.page('may not delete', await begin(without), {});
}
