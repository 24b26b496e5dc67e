import * as z from 'zod';
import type { GitlabStandIn } from '../../../stand-ins/gitlab/start-gitlab.ts';
import type { GitlabPerson } from '../../../stand-ins/gitlab/state.ts';
import { askByCurl, type CurlRequest } from '../../ask-by-curl.ts';
import { lackingClient, type OtherClient } from '../../world.ts';

const tokensSchema = z.array(z.looseObject({ id: z.number() }));
const personSchema = z.looseObject({ avatar_url: z.string(), name: z.string() });
const emailsSchema = z.array(z.looseObject({ email: z.string() }));
const keysSchema = z.array(z.looseObject({ key: z.string() }));

/** A token is what a session is elsewhere. No program changes the name, so a person does it on the page. */
export async function connect(gitlab: GitlabStandIn, address: string, person: GitlabPerson): Promise<OtherClient> {
  const token = gitlab.addToken(person, 'elsewhere', ['api']);
  const ask = (path: string, request: CurlRequest = {}) =>
    askByCurl(`${address}/api/v4${path}`, { ...request, headers: [`PRIVATE-TOKEN: ${token}`] });
  const listTokens = async () => tokensSchema.parse((await ask('/personal_access_tokens?state=active')).body);
  const own = async () => z.looseObject({ id: z.number() }).parse((await ask('/personal_access_tokens/self')).body).id;
  return {
    ...lackingClient,
    isSignedIn: async () => (await ask('/user')).status === 200,
    readName: async () => personSchema.parse((await ask('/user')).body).name,
    writeName: async (name) => void (person.name = name),
    countSessions: async () => (await listTokens()).length,
    async endOthers() {
      const self = await own();
      const others = (await listTokens()).filter(({ id }) => id !== self);
      for (const { id } of others) await ask(`/personal_access_tokens/${String(id)}`, { method: 'DELETE' });
    },
    // Where there is none it is a pattern of another host.
    async hasPicture() {
      const { avatar_url } = personSchema.parse((await ask('/user')).body);
      return avatar_url.startsWith(address) && (await askByCurl(avatar_url)).status === 200;
    },
    listEmails: async () => {
      const others = emailsSchema.parse((await ask('/user/emails')).body).map(({ email }) => email);
      return [person.email, ...others];
    },
    async addEmail(email) {
      await ask('/user/emails', { method: 'POST', json: { email } });
    },
    async listSshKeys() {
      const keys = keysSchema.parse((await ask('/user/keys')).body);
      return keys.map(({ key }) => key.split(' ').slice(0, 2).join(' '));
    },
    async addSshKey(key) {
      await ask('/user/keys', { method: 'POST', json: { title: 'elsewhere', key } });
    },
  };
}
