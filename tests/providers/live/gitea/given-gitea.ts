import { randomUUID } from 'node:crypto';
import { askByCurl } from '../../conformance/ask-by-curl.ts';
import type { GiteaInstance } from '../../conformance/worlds/gitea/gitea-world.ts';

// A Gitea or Forgejo that somebody runs for these tests: people are made there, and stay.

interface GivenGitea {
  /** As it is typed into a browser. */
  readonly address: string;
  /** Of an administrator, with write:admin. */
  readonly token: string;
}

/** By the environment; else why there is none. */
export function findGitea(environment = process.env): GivenGitea | { readonly missing: string } {
  const { GITEA_URL: address, GITEA_TOKEN: token } = environment;
  if (address === undefined || token === undefined)
    return { missing: 'GITEA_URL and GITEA_TOKEN (of an administrator, with write:admin) name none' };
  return { address: address.replace(/\/+$/, ''), token };
}

export function openGivenGitea({ address, token }: GivenGitea): GiteaInstance {
  return {
    address,
    async addPerson(username, full_name) {
      const person = { password: `Aa1-${randomUUID()}`, email: `${username}@example.org` };
      const { status, body } = await askByCurl(`${address}/api/v1/admin/users`, {
        method: 'POST',
        headers: [`Authorization: token ${token}`],
        json: { ...person, username, full_name, must_change_password: false },
      });
      if (status !== 201) throw new Error(`no person was made: ${String(status)} ${JSON.stringify(body)}`);
      return person;
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** Null where it does not say. */
export async function readVersion({ address, token }: GivenGitea): Promise<string | null> {
  const { body } = await askByCurl(`${address}/api/v1/version`, { headers: [`Authorization: token ${token}`] });
  return (body as { version?: string } | undefined)?.version ?? null;
}
