import * as z from 'zod';
import { statusByCurl } from '../../../../support/curl.ts';
import { askByCurl, type CurlRequest } from '../../ask-by-curl.ts';
import { lackingClient, type OtherClient, type Person } from '../../world.ts';

/** Answers of the reference API, as far as these tests look at them. */
const answers = {
  /** Of what was refused none of them. */
  signIn: z.looseObject({ accessToken: z.string().optional(), challenge: z.string().optional() }),
  user: z.looseObject({ firstName: z.string() }),
  contact: z.looseObject({ email: z.string() }),
  avatar: z.looseObject({ image: z.string().nullable() }),
  mfa: z.looseObject({ devices: z.array(z.unknown()) }),
  sessions: z.looseObject({ sessions: z.array(z.unknown()) }),
  sshKeys: z.looseObject({
    keys: z.array(z.looseObject({ publicKey: z.string(), verifiedAt: z.string().nullable() })),
  }),
  identities: z.looseObject({ identities: z.array(z.unknown()) }),
  enrolment: z.looseObject({ enrolment: z.string(), secret: z.string() }),
  mails: z.object({ mails: z.array(z.object({ to: z.string(), text: z.string() })) }),
};

export interface ReferenceClient extends OtherClient {
  beginEnrolment(): Promise<z.infer<typeof answers.enrolment>>;
  confirmEnrolment(enrolment: string, code: string): Promise<void>;
}

/** What the sign-in is answered: tokens, or a challenge for a code. */
export async function trySignIn(address: string, identifier: string, password: string) {
  const { body } = await askByCurl(`${address}/auth/sign-in`, { method: 'POST', json: { identifier, password } });
  return answers.signIn.parse(body);
}

/** Errors: Error where it is refused or a code is asked for. */
export async function openReferenceClient(address: string, person: Person): Promise<ReferenceClient> {
  const { accessToken } = await trySignIn(address, person.identifier, person.password);
  if (accessToken === undefined) throw new Error('not signed in');
  const headers = [`Authorization: Bearer ${accessToken}`];

  async function ask(path: string, request: CurlRequest = {}): Promise<unknown> {
    const sent = { ...request, headers: [...headers, ...(request.headers ?? [])] };
    const { status, body } = await askByCurl(`${address}${path}`, sent);
    if (status >= 300) throw new Error(`${path}: ${String(status)} ${JSON.stringify(body)}`);
    return body;
  }
  const post = (path: string, json?: object) => ask(path, { method: 'POST', ...(json && { json }) });

  return {
    ...lackingClient,
    isSignedIn: async () => (await statusByCurl(address, { accessToken })) === 200,
    readName: async () => answers.user.parse(await ask('/me')).firstName,
    async writeName(firstName) {
      await ask('/me', { method: 'PATCH', json: { firstName }, headers: ['If-Match: *'] });
    },
    countSessions: async () => answers.sessions.parse(await ask('/me/sessions')).sessions.length,
    async endOthers() {
      await post('/me/sessions/close-others');
    },
    readEmail: async () => answers.contact.parse(await ask('/me/contact')).email,
    hasPicture: async () => answers.avatar.parse(await ask('/me/avatar')).image !== null,
    countSecondSteps: async () => answers.mfa.parse(await ask('/me/mfa')).devices.length,
    listSshKeys: async () =>
      answers.sshKeys.parse(await ask('/me/identity-keys')).keys.map(({ publicKey }) => publicKey),
    async addSshKey(publicKey) {
      await post('/me/identity-keys', { title: 'elsewhere', publicKey });
    },
    countVerifiedKeys: async () =>
      answers.sshKeys.parse(await ask('/me/identity-keys')).keys.filter(({ verifiedAt }) => verifiedAt !== null).length,
    countLinks: async () => answers.identities.parse(await ask('/me/identities')).identities.length,
    beginEnrolment: async () => answers.enrolment.parse(await post('/me/mfa/totp')),
    async confirmEnrolment(enrolment, code) {
      await post('/me/mfa/totp/confirm', { enrolment, code, name: 'Phone' });
    },
  };
}

/** The newest link with this part in a mail to this address: mails are sent by and by. */
export async function findMailedLink(address: string, to: string, part: string): Promise<string> {
  for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((done) => setTimeout(done, 50))) {
    const { mails } = answers.mails.parse((await askByCurl(`${address}/dev/outbox`)).body);
    const links = mails.filter((mail) => mail.to === to).flatMap(({ text }) => text.match(/http\S+/g) ?? []);
    const link = links.find((each) => each.includes(part));
    if (link !== undefined) return link;
  }
  throw new Error(`no mail to ${to} with ${part}`);
}
