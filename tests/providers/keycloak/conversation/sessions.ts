import type { Notes } from '../notes.ts';
import { PageVisitor } from '../page-visitor.ts';
import { refresh } from '../sign-in.ts';
import { Client, makePerson, type KeycloakWorld } from './world.ts';

const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) ' +
  'Version/18.0 Mobile/15E148 Safari/604.1';

export async function endSessions(world: KeycloakWorld, notes: Notes): Promise<void> {
  const person = await makePerson(world);
  const desktop = await Client.signIn(world, notes, person);
  const phone = await Client.signIn(world, notes, person, new PageVisitor(world.base, iphone));
  await desktop.ask('sessions', 200, '/sessions');
  const devices = await phone.ask('devices', 200, '/sessions/devices');
  await desktop.send('end a session that is none', 204, 'DELETE', '/sessions/nothing');
  const own = (devices as { current?: boolean; sessions: { id: string }[] }[]).find(({ current }) => current === true);
  await desktop.send('end one', 204, 'DELETE', `/sessions/${own?.sessions[0]?.id ?? ''}`);
  await phone.ask('it is over', 401, '/');
  await notes.answer('also its refresh token', 400, refresh(world.issuer, phone.tokens.refresh_token));
  await desktop.send('end the others', 204, 'DELETE', '/sessions');
  await desktop.ask('this one stays', 200, '/sessions/devices');
  await desktop.send('end this one too', 204, 'DELETE', '/sessions?current=true');
  await desktop.ask('over', 401, '/');
}
