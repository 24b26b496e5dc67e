import type { TestServer } from './test-server.ts';

export interface ReadMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** What was sent so far, newest first. */
export async function readMails(test: TestServer): Promise<ReadMail[]> {
  return (await test.request<{ mails: ReadMail[] }>('GET', '/dev/outbox')).body.mails;
}

/** The link in the newest mail with this subject that has one. */
export async function linkIn(test: TestServer, subject: string): Promise<string> {
  const [link] = (await readMails(test)).flatMap((each) =>
    each.subject === subject ? (/^https?:\S+$/m.exec(each.text) ?? []) : [],
  );
  if (link === undefined) throw new Error(`no link in a mail ${subject}`);
  return link;
}

/** Opens a link as a browser does: the page, or with `form` what its button sends. */
export async function openLink(link: string, form?: Readonly<Record<string, string>>, action = link) {
  const response = form
    ? await fetch(new URL(action, link), { method: 'POST', body: new URLSearchParams(form) })
    : await fetch(link);
  return { status: response.status, headers: response.headers, html: await response.text() };
}

/** Changes the e-mail address as far as its confirmation. */
export async function changeEmail(test: TestServer, token: string, email: string): Promise<void> {
  const { status } = await test.request('PATCH', '/me/contact', {
    token,
    headers: { 'if-match': '*' },
    body: { email },
  });
  if (status !== 200) throw new Error(`not changed: ${String(status)}`);
  await openLink(await linkIn(test, 'Confirm your new e-mail address'), {});
}
