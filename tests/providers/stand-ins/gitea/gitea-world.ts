import { askGitea, basicOf, type GiteaAsk, type GiteaPersonName } from './gitea-client.ts';
import { startGitea } from './start-gitea.ts';

/** An instance with two people in it who know nothing of each other. */
export interface GiteaWorld extends AsyncDisposable {
  readonly address: string;
  readonly ada: GiteaPersonName;
  readonly bo: GiteaPersonName;
  /** Requests with a new token of this person. */
  askWithToken(person: GiteaPersonName, scopes: readonly string[]): Promise<GiteaAsk>;
  makeToken(person: GiteaPersonName, scopes: readonly string[]): Promise<string>;
}

let tokens = 0;

/**
 * The stand-in, or the real one that `GITEA_URL` names: `GITEA_PEOPLE=ada:PASSWORD,bo:PASSWORD` are two accounts of it
 * which the tests may change.
 */
export async function openGiteaWorld(): Promise<GiteaWorld> {
  const { GITEA_URL: url, GITEA_PEOPLE: names } = process.env;
  const [ada, bo] = (names ?? 'ada:password of ada,bo:password of bo').split(',').map(toName);
  if (url && ada && bo) return describeWorld(url.replace(/\/$/, ''), ada, bo, () => Promise.resolve());
  const standIn = await startGitea();
  const [first, second] = [ada!, bo!];
  for (const { login, password } of [first, second]) standIn.addPerson(login, password);
  return describeWorld(standIn.address, first, second, () => standIn.close());
}

function toName(text: string): GiteaPersonName {
  const [login = '', password = ''] = text.split(':');
  return { login, password };
}

function describeWorld(
  address: string,
  ada: GiteaPersonName,
  bo: GiteaPersonName,
  close: () => Promise<void>,
): GiteaWorld {
  async function makeToken(person: GiteaPersonName, scopes: readonly string[]): Promise<string> {
    const ask = askGitea(address, basicOf(person));
    const name = `test ${Date.now()} ${(tokens += 1)}`;
    const { status, body } = await ask('POST', `/users/${person.login}/tokens`, { name, scopes });
    if (status !== 201) throw new Error(`no token: ${JSON.stringify(body)}`);
    return (body as { sha1: string }).sha1;
  }
  return {
    ...{ address, ada, bo, makeToken },
    askWithToken: async (person, scopes) => askGitea(address, `token ${await makeToken(person, scopes)}`),
    [Symbol.asyncDispose]: close,
  };
}
