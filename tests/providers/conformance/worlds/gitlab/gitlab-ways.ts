import { signInToGitlab } from '../../../stand-ins/gitlab/gitlab-client.ts';
import type { Desk } from '../../desk.ts';
import type { Person } from '../../world.ts';

// What a person does on a page of GitLab to let the app in.

const browserOf = ({ target }: Desk, { identifier: username, password }: Person) =>
  signInToGitlab(target.address, { username, password });

/** In the browser, which is sent back. */
export async function visit(desk: Desk, person: Person, clientId: string): Promise<string> {
  const { auth } = desk.app.calls;
  const { attempt } = await auth.beginBrowserSignIn({ kind: 'gitlab', target: desk.target, clientId });
  const ending = auth.finishBrowserSignIn({ attempt });
  ending.catch(() => undefined);
  const page = await browserOf(desk, person);
  const { pathname, search } = desk.opened.at(-1)!;
  await page.open(pathname + search);
  await fetch((await page.submit(pathname, { decision: 'authorize' })).headers.get('location')!);
  return accountOf(await ending);
}

/** With a code, in any browser. */
export async function typeCode(desk: Desk, person: Person, clientId: string): Promise<string> {
  const { auth } = desk.app.calls;
  const { attempt, userCode } = await auth.beginDeviceSignIn({ kind: 'gitlab', target: desk.target, clientId });
  const page = await browserOf(desk, person);
  await page.submit('oauth/device', { user_code: userCode, decision: 'authorize' });
  return accountOf(await auth.finishDeviceSignIn({ attempt }));
}

function accountOf(result: Awaited<ReturnType<Desk['app']['calls']['auth']['finishBrowserSignIn']>>): string {
  if (result.next !== 'done') throw new Error('a code was asked for');
  return result.accountId;
}
