import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeMessage } from '../../../../server/mail/message.ts';
import { makeTempFolder } from '../../../../tests/support/temp-folder.ts';
import { readMails } from '../../embedded/read-mails.ts';
import type { EmbeddedMail, EmbeddedProvider } from '../../ports.ts';
import { createDemoService } from './demo.service.ts';

const mail = (text: string): EmbeddedMail => ({
  id: 'one.eml',
  sentAt: 1_772_000_000_000,
  to: 'demo@example.org',
  subject: 'Set a new password',
  text,
});

function setUp(mails: readonly EmbeddedMail[]) {
  const opened: string[] = [];
  const service = createDemoService({
    embedded: { mails: () => Promise.resolve(mails) } as EmbeddedProvider,
    targets: { address: () => Promise.resolve('http://127.0.0.1:40999') },
    browser: { open: (url) => Promise.resolve(opened.push(url.href) > 0) },
  });
  return { service, opened };
}

describe('D7 the mails of the demo service', () => {
  it('are read as the server wrote them, newest first, and none before the first', async () => {
    using folder = makeTempFolder();
    const outbox = join(folder.path, 'outbox');
    expect(await readMails(outbox)).toEqual([]);
    mkdirSync(outbox);
    const write = (name: string, subject: string) =>
      writeFileSync(
        join(outbox, name),
        writeMessage({ to: 'mara@example.org', subject, text: 'Zwei Zeilen:\n\nmit Lücke', sentAt: 1_772_000_000_000 }),
      );
    write('2026-03-01-a.eml', 'First');
    write('2026-03-02-b.eml', 'Second');
    writeFileSync(join(outbox, '2026-03-03-c.eml.part'), 'half');
    const mails = await readMails(outbox);
    expect(mails.map(({ subject }) => subject)).toEqual(['Second', 'First']);
    expect(mails[0]).toEqual({
      id: '2026-03-02-b.eml',
      sentAt: 1_772_000_000_000,
      to: 'mara@example.org',
      subject: 'Second',
      text: 'Zwei Zeilen:\n\nmit Lücke',
    });
  });

  it('open their link at the port that the service has now', async () => {
    const { service, opened } = setUp([
      mail('Open this:\n\nhttp://127.0.0.1:40123/reset?token=a.b#c\n\nIt ends soon.'),
    ]);
    expect(await service.mails(undefined)).toMatchObject({
      mails: [{ id: 'one.eml', canOpen: true, text: 'Open this:\n\n[link]\n\nIt ends soon.' }],
    });
    expect(await service.openLink({ mailId: 'one.eml' })).toEqual({ isOpened: true });
    expect(opened).toEqual(['http://127.0.0.1:40999/reset?token=a.b#c']);
  });

  it.each([
    'no link',
    'https://evil.example/reset',
    'http://127.0.0.1.evil.example:80/reset',
    'http://localhost:40123/reset',
  ])('open nothing that leads elsewhere: %s', async (text) => {
    const { service, opened } = setUp([mail(text)]);
    expect(await service.mails(undefined)).toMatchObject({ mails: [{ canOpen: false }] });
    await expect(service.openLink({ mailId: 'one.eml' })).rejects.toMatchObject({ code: 'not-found' });
    expect(opened).toEqual([]);
  });

  it('stay at the service, however the path begins', async () => {
    const { service, opened } = setUp([mail('http://127.0.0.1:40123//evil.example/x')]);
    await service.openLink({ mailId: 'one.eml' });
    expect(opened).toEqual(['http://127.0.0.1:40999/evil.example/x']);
  });

  it('are none where there is no demo service', async () => {
    const service = createDemoService({
      embedded: undefined,
      targets: { address: () => Promise.reject(new Error('none')) },
      browser: { open: () => Promise.resolve(false) },
    });
    expect(await service.mails(undefined)).toEqual({ mails: [] });
    await expect(service.openLink({ mailId: 'one.eml' })).rejects.toMatchObject({ code: 'not-found' });
  });
});
