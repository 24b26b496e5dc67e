import { askGitlab, type GitlabAsk } from './gitlab-client.ts';
import { startGitlab } from './start-gitlab.ts';

/** One person of an instance, by a token with the scope `api`. */
export interface GitlabWorld extends AsyncDisposable {
  readonly address: string;
  readonly ask: GitlabAsk;
  /** The same person by a token with less; undefined where the tests cannot make one. */
  askWith(...scopes: string[]): GitlabAsk | undefined;
  /** Somebody else; undefined where there is nobody. */
  readonly askBo: GitlabAsk | undefined;
}

/**
 * The stand-in, or the real one that `GITLAB_URL` and `GITLAB_TOKEN` name: a token with the scope `api`, of an account
 * that the tests may change. They take back what they add.
 */
export async function openGitlabWorld(): Promise<GitlabWorld> {
  const { GITLAB_URL: url, GITLAB_TOKEN: token } = process.env;
  if (url && token) {
    const address = url.replace(/\/$/, '');
    const nothing = { askWith: () => undefined, askBo: undefined };
    return { address, ask: askGitlab(address, token), ...nothing, [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  const standIn = await startGitlab({ root: '/gitlab' });
  const { address, addPerson, addToken } = standIn;
  const [ada, bo] = [addPerson('ada', 'password of ada'), addPerson('bo', 'password of bo')];
  const askAs = (person: typeof ada, scopes: readonly string[]) => askGitlab(address, addToken(person, 'test', scopes));
  return {
    address,
    ask: askAs(ada, ['api']),
    askWith: (...scopes) => askAs(ada, scopes),
    askBo: askAs(bo, ['api']),
    [Symbol.asyncDispose]: () => standIn.close(),
  };
}
