import type { Notes } from '../notes.ts';
import { PageVisitor, type Page } from '../page-visitor.ts';
import { ada, otto } from '../people.ts';
import { authorize, askForTokens, exchange, refresh, signInAt, type Tokens } from '../sign-in.ts';
import { calendarClient, deskClient, deviceClient } from '../realm.ts';
import { Client, makePerson, nextSecond, withSwitches, type KeycloakWorld } from './world.ts';

/** What is told to whoever is not signed in. */
export async function discover({ base, issuer }: KeycloakWorld, notes: Notes): Promise<void> {
  const json = { headers: { accept: 'application/json' } };
  await notes.answer('the realm', 200, fetch(issuer, json));
  await notes.answer('no such realm', 404, fetch(`${base}/realms/nowhere`, json));
  await notes.answer('no such realm, endpoints', 404, fetch(`${base}/realms/nowhere/.well-known/openid-configuration`));
  await notes.answer('texts of its console', 200, fetch(`${base}/resources/staff/account/en`, json));
  await notes.answer('texts of no realm', 404, fetch(`${base}/resources/nowhere/account/en`, json));
  await notes.answer('no such path', 404, fetch(`${base}/auth/realms/staff`, json));
}

/** What an authorization address has to be like. */
export async function askToAuthorize(world: KeycloakWorld, notes: Notes): Promise<void> {
  const open = async (name: string, extra: Readonly<Record<string, string>>, visitor = new PageVisitor(world.base)) =>
    notes.page(name, await visitor.open(authorize(world.issuer, extra).address));
  await open('other name of this computer', { redirect_uri: 'http://localhost:9/callback' });
  await open('other family of addresses', { redirect_uri: 'http://[::1]:9/callback' });
  await open('unknown program', { client_id: 'nobody' });
  await open('no challenge', { code_challenge: '', code_challenge_method: '' });
  await open('plain challenge', { code_challenge_method: 'plain' });
  await open('unknown scope', { scope: 'openid moon' });
  await open('unknown kind of answer', { response_type: 'moon' });
  await open('nobody to go on without asking', { prompt: 'none' });
  const { visitor } = await Client.signIn(world, notes, otto);
  await open('signed in already', {}, visitor);
  await open('any port will do', { redirect_uri: 'http://127.0.0.1:4711/elsewhere' }, visitor);
  await open('asks again', { prompt: 'login' }, visitor);
  await nextSecond();
  await open('asks again by age', { max_age: '0' }, visitor);
  await open('an action cannot go on without asking', { prompt: 'none', kc_action: 'UPDATE_PASSWORD' }, visitor);
  await open('the browser of another person', { login_hint: 'ada', kc_action: 'UPDATE_PASSWORD' }, visitor);
}

/** From the form to tokens, and what the token endpoint refuses. */
export async function takeAndRefreshTokens({ base, issuer }: KeycloakWorld, notes: Notes): Promise<void> {
  const visitor = new PageVisitor(base);
  const authorization = authorize(issuer, { nonce: 'n-1' });
  const first = notes.page('sign-in', await visitor.open(authorization.address));
  notes.page('wrong password', await visitor.submit(first, { username: 'ada', password: 'no' }, 'kc-form-login'));
  const back = notes.page('came back', await signInAt(visitor, authorization, ada));
  const tokens = (await notes.answer('tokens', 200, exchange(issuer, authorization, back))) as Tokens;
  notes.tokens('what they say', tokens);
  const next = (await notes.answer('refreshed', 200, refresh(issuer, tokens.refresh_token))) as Tokens;
  await notes.answer('old refresh token', 200, refresh(issuer, tokens.refresh_token));
  await notes.answer('of another program', 400, refresh(issuer, next.refresh_token, calendarClient));
  await notes.answer('of an unknown program', 401, refresh(issuer, next.refresh_token, 'nobody'));
  await notes.answer('no refresh token at all', 400, refresh(issuer, 'nothing'));
  const ask = (name: string, form: Readonly<Record<string, string>>) =>
    notes.answer(name, 400, askForTokens(issuer, { client_id: deskClient, ...form }));
  await ask('refresh token left out', { grant_type: 'refresh_token' });
  await ask('grant left out', {});
  await ask('unknown grant', { grant_type: 'moon' });
  await ask('password for tokens', { grant_type: 'password', username: 'ada', password: ada.password });
  await askWhoAmI({ base, issuer }, notes, next);
  await sendCodes(issuer, notes, visitor);
}

async function askWhoAmI({ issuer }: Pick<KeycloakWorld, 'base' | 'issuer'>, notes: Notes, tokens: Tokens) {
  const ask = (token: string) =>
    fetch(`${issuer}/protocol/openid-connect/userinfo`, { headers: { authorization: `Bearer ${token}` } });
  await notes.answer('who am I', 200, ask(tokens.access_token));
  await notes.answer('who is nobody', 401, ask('nothing'));
}

async function sendCodes(issuer: string, notes: Notes, visitor: PageVisitor): Promise<void> {
  const codeOf = async () => {
    const authorization = authorize(issuer);
    return { authorization, back: await visitor.open(authorization.address) };
  };
  const wrong = await codeOf();
  const other = { ...wrong.authorization, verifier: 'v'.repeat(43) };
  await notes.answer('wrong verifier', 400, exchange(issuer, other, wrong.back));
  await notes.answer('right one after it', 400, exchange(issuer, wrong.authorization, wrong.back));
  const twice = await codeOf();
  const tokens = (await (await exchange(issuer, twice.authorization, twice.back)).json()) as Tokens;
  await notes.answer('a code again', 400, exchange(issuer, twice.authorization, twice.back));
  await notes.answer('ends what it gave', 400, refresh(issuer, tokens.refresh_token));
}

/** Signing out, in the ways there are. */
export async function signOut(world: KeycloakWorld, notes: Notes): Promise<void> {
  const { issuer } = world;
  const post = (path: string, form: Readonly<Record<string, string>>) =>
    fetch(`${issuer}/protocol/openid-connect/${path}`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: deskClient, ...form }),
    });
  const one = await Client.signIn(world, notes, otto);
  await notes.answer('sign out', 204, post('logout', { refresh_token: one.tokens.refresh_token }));
  await one.ask('after it', 401, '/');
  await notes.answer('sign out again', 204, post('logout', { refresh_token: one.tokens.refresh_token }));
  await notes.answer('sign out with nothing', 400, post('logout', { refresh_token: 'nothing' }));
  notes.page('the browser is out too', await openAgain(world, one.visitor));
  const two = await Client.signIn(world, notes, otto);
  await notes.answer('revoke', 200, post('revoke', { token: two.tokens.refresh_token }));
  await two.ask('after revoking', 401, '/');
  await notes.answer('refresh after revoking', 400, refresh(issuer, two.tokens.refresh_token));
  await notes.answer('revoke again', 200, post('revoke', { token: two.tokens.refresh_token }));
}

function openAgain({ issuer }: KeycloakWorld, visitor: PageVisitor): Promise<Page> {
  return visitor.open(authorize(issuer).address);
}

/** A program that goes on without the browser. */
export async function goOffline(world: KeycloakWorld, notes: Notes): Promise<void> {
  const visitor = new PageVisitor(world.base);
  const authorization = authorize(world.issuer, { scope: 'openid offline_access' });
  const person = await makePerson(world);
  const back = await signInAt(visitor, authorization, person);
  const tokens = (await notes.answer('offline tokens', 200, exchange(world.issuer, authorization, back))) as Tokens;
  notes.page('the browser is not signed in', await openAgain(world, visitor));
  const client = await Client.signIn(world, notes, person);
  await client.ask('sessions with an offline one', 200, '/sessions/devices');
  await client.send('end all others', 204, 'DELETE', '/sessions');
  await notes.answer('offline is ended too', 400, refresh(world.issuer, tokens.refresh_token));
}

/** With a code for another screen. */
export async function signInByDevice({ issuer }: KeycloakWorld, notes: Notes): Promise<void> {
  const begin = (clientId: string) =>
    fetch(`${issuer}/protocol/openid-connect/auth/device`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: clientId, scope: 'openid' }),
    });
  await notes.answer('device code for the wrong program', 400, begin(deskClient));
  const codes = (await notes.answer('device code', 200, begin(deviceClient))) as { device_code: string };
  const poll = (code: string) =>
    askForTokens(issuer, {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      client_id: deviceClient,
      device_code: code,
    });
  await notes.answer('nobody has allowed it yet', 400, poll(codes.device_code));
  await notes.answer('too soon', 400, poll(codes.device_code));
  await notes.answer('unknown device code', 400, poll('nothing'));
}

/** Where each refresh token works once. */
export function rotateTokens(world: KeycloakWorld, notes: Notes): Promise<void> {
  return withSwitches(world, { rotatesRefreshTokens: true }, async () => {
    const client = await Client.signIn(world, notes, otto);
    const old = client.tokens.refresh_token;
    const next = (await notes.answer('rotated', 200, refresh(world.issuer, old))) as Tokens;
    await notes.answer('old one again', 400, refresh(world.issuer, old));
    await notes.answer('ends the new one', 400, refresh(world.issuer, next.refresh_token));
  });
}

/** Access tokens that say nothing of the person. */
export function takeLightweightTokens(world: KeycloakWorld, notes: Notes): Promise<void> {
  return withSwitches(world, { hasLightweightTokens: true }, async () => {
    const client = await Client.signIn(world, notes, otto);
    notes.tokens('lightweight', client.tokens);
    await client.ask('they are taken', 200, '/?userProfileMetadata=false');
    await client.ask('for all', 200, '/groups');
  });
}
