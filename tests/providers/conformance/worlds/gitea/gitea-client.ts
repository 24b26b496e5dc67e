import * as z from 'zod';
import { askByCurl, type CurlRequest } from '../../ask-by-curl.ts';
import { lackingClient, type OtherClient, type Person } from '../../world.ts';

const madeTokenSchema = z.looseObject({ sha1: z.string() });
const tokensSchema = z.array(z.looseObject({ id: z.number(), token_last_eight: z.string() }));
const personSchema = z.looseObject({ avatar_url: z.string() });
const settingsSchema = z.looseObject({ full_name: z.string() });
const emailsSchema = z.array(z.looseObject({ email: z.string() }));
const keysSchema = z.array(z.looseObject({ key: z.string() }));

type Credentials = Pick<Person, 'identifier' | 'password'>;

/** With name and password, which is what making and revoking tokens takes. */
export function askWithPassword(
  address: string,
  { identifier, password }: Credentials,
  path: string,
  request: CurlRequest = {},
) {
  const authorization = `Authorization: Basic ${Buffer.from(`${identifier}:${password}`).toString('base64')}`;
  return askByCurl(`${address}/api/v1${path}`, { ...request, headers: [authorization] });
}

let count = 0;

export async function makeToken(address: string, person: Credentials, scopes: readonly string[]): Promise<string> {
  count += 1;
  const json = { name: `token ${String(count)}`, scopes };
  const { body } = await askWithPassword(address, person, `/users/${person.identifier}/tokens`, {
    method: 'POST',
    json,
  });
  return madeTokenSchema.parse(body).sha1;
}

/** A token is what a session is elsewhere. */
export async function connect(address: string, person: Person): Promise<OtherClient> {
  const token = await makeToken(address, person, ['write:user']);
  const readPicture = async () => personSchema.parse((await ask('/user')).body).avatar_url;
  const tokens = `/users/${person.identifier}/tokens`;
  const ask = (path: string, request: CurlRequest = {}) =>
    askByCurl(`${address}/api/v1${path}`, { ...request, headers: [`Authorization: token ${token}`] });
  const listTokens = async () => tokensSchema.parse((await askWithPassword(address, person, tokens)).body);
  const drawn = await readPicture();
  return {
    ...lackingClient,
    isSignedIn: async () => (await ask('/user')).status === 200,
    readName: async () => settingsSchema.parse((await ask('/user/settings')).body).full_name,
    async writeName(full_name) {
      await ask('/user/settings', { method: 'PATCH', json: { full_name } });
    },
    countSessions: async () => (await listTokens()).length,
    async endOthers() {
      const others = (await listTokens()).filter(({ token_last_eight }) => !token.endsWith(token_last_eight));
      for (const { id } of others)
        await askWithPassword(address, person, `${tokens}/${String(id)}`, { method: 'DELETE' });
    },
    listEmails: async () => emailsSchema.parse((await ask('/user/emails')).body).map(({ email }) => email),
    async addEmail(email) {
      await ask('/user/emails', { method: 'POST', json: { emails: [email] } });
    },
    // Where there is none a pattern is drawn for the person, always the same.
    hasPicture: async () => (await readPicture()) !== drawn,
    async listSshKeys() {
      const keys = keysSchema.parse((await ask('/user/keys')).body);
      return keys.map(({ key }) => key.split(' ').slice(0, 2).join(' '));
    },
    async addSshKey(key) {
      await ask('/user/keys', { method: 'POST', json: { title: 'elsewhere', key } });
    },
  };
}
