import { PageVisitor } from './page-visitor.ts';
import type { Person } from './people.ts';
import { takeTokens } from './sign-in.ts';

/** The person's record, asked for by another program, with `changes` to it if there are any. */
export async function recordOf(
  { issuer, base }: { readonly issuer: string; readonly base: string },
  person: Person,
  changes?: object,
): Promise<object> {
  const { access_token: token } = await takeTokens(issuer, new PageVisitor(base), person);
  const headers = { accept: 'application/json', authorization: `Bearer ${token}` };
  const read = async () =>
    (await (await fetch(`${issuer}/account/?userProfileMetadata=false`, { headers })).json()) as object;
  if (!changes) return read();
  const body = JSON.stringify({ ...(await read()), ...changes });
  await fetch(`${issuer}/account/`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body,
  });
  return read();
}
