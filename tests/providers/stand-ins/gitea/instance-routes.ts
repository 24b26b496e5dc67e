import type { Answer, Route } from '../serve-stand-in.ts';
import { GiteaRefusal, requirePerson, type GiteaCall } from './gitea-call.ts';
import { answerPage } from './paging.ts';
import type { GiteaState } from './state.ts';
import { describePerson, toTime } from './user-routes.ts';

// What the instance is, and what everybody sees of a person.

export const instanceRoutes: readonly Route<GiteaCall>[] = [
  {
    method: 'GET',
    path: '/api/v1/version',
    answer: ({ state }) => ({ status: 200, json: { version: state.options.version } }),
  },
  {
    method: 'GET',
    path: '/api/forgejo/v1/version',
    answer: ({ state }) => {
      if (state.options.flavour !== 'forgejo') return { status: 404, text: 'Not found.\n' };
      return { status: 200, json: { version: state.options.version } };
    },
  },
  {
    method: 'GET',
    path: '/api/v1/settings/api',
    answer: ({ state }) => ({
      status: 200,
      json: {
        max_response_items: state.options.maxPageSize,
        default_paging_num: state.options.pageSize,
        default_git_trees_per_page: 1000,
        default_max_blob_size: 10_485_760,
        default_max_response_size: 104_857_600,
      },
    }),
  },
  {
    method: 'GET',
    path: '/api/v1/users/{login}',
    answer: ({ state, person }, { login }) => {
      const found = findByLogin(state.people, login!);
      return { status: 200, json: describePerson(state, found, person ?? null) };
    },
  },
  {
    method: 'GET',
    path: '/api/v1/users/{login}/keys',
    answer: (call, { login }) => {
      requirePerson(call);
      const owner = findByLogin(call.state.people, login!);
      const keys = call.state.keys.filter((key) => key.owner === owner);
      return answerPage(call, keys, ({ id, content, title, fingerprint, created, lastUsed }) => ({
        ...{ id, key: content, title, fingerprint, created_at: toTime(created) },
        ...(call.state.options.flavour === 'gitea' && { last_used_at: toTime(lastUsed) }),
        url: `${call.state.address}/api/v1/user/keys/${id}`,
      }));
    },
  },
];

/** `/ada.keys`: for whoever asks, as a file of authorized keys. */
export function answerKeysFile({ people, keys }: GiteaState, pathname: string): Answer | undefined {
  const login = /^\/([^/]+)\.keys$/.exec(pathname)?.[1];
  const owner = people.find((person) => person.login === login);
  if (!owner) return undefined;
  const lines = keys
    .filter((key) => key.owner === owner)
    .map(({ content }) => content.split(' ').slice(0, 2).join(' '));
  const notice =
    "# Gitea isn't a key server. The keys are exported as the user uploaded and might not have been fully verified.";
  return { status: 200, text: [notice, ...lines].join('\n') };
}

function findByLogin<T extends { readonly login: string }>(people: readonly T[], login: string): T {
  const found = people.find((person) => person.login.toLowerCase() === login.toLowerCase());
  if (!found) throw new GiteaRefusal(404, `user redirect does not exist [name: ${login}]`);
  return found;
}
