import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTestFolder } from '../testing/test-database.ts';
import { readMessage, writeMessage } from './message.ts';
import { createOutbox } from './outbox.ts';

const sentAt = Date.UTC(2026, 0, 5, 9, 8, 7);
const mail = {
  to: 'mara@example.com',
  subject: 'Set a new password',
  text: 'First\n\nhttp://127.0.0.1/x?y=1\n: last 日本',
};

describe('W9 mail message (RFC 5322)', () => {
  it('has its headers once, an empty line and CRLF everywhere', () => {
    const message = writeMessage({ ...mail, sentAt });
    const [head = '', ...body] = message.split('\r\n\r\n');
    expect(head.split('\r\n').map((line) => line.split(':')[0])).toEqual([
      'Date',
      'From',
      'To',
      'Subject',
      'Message-ID',
      'MIME-Version',
      'Content-Type',
      'Content-Transfer-Encoding',
    ]);
    expect(head).toContain('Date: Mon, 05 Jan 2026 09:08:07 +0000\r\n');
    expect(body.join('\r\n\r\n')).toBe('First\r\n\r\nhttp://127.0.0.1/x?y=1\r\n: last 日本\r\n');
    expect(message.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('reads back as it was', () => {
    expect(readMessage(writeMessage({ ...mail, sentAt }))).toEqual({ ...mail, sentAt });
  });

  it.each([{ to: 'a@b.c\r\nBcc: x@y.z' }, { subject: 'a\nb' }])('refuses %j, which would add a header', (over) => {
    expect(() => writeMessage({ ...mail, ...over, sentAt })).toThrow('has a line end');
  });
});

describe('W9 outbox', () => {
  function open() {
    const folder = join(createTestFolder(), 'test.outbox');
    const clock = { time: sentAt, now: () => clock.time };
    return { folder, clock, outbox: createOutbox(folder, clock) };
  }

  it('is an empty list, and no folder, before the first mail', () => {
    const { outbox, folder } = open();
    expect(outbox.list()).toEqual([]);
    expect(() => statSync(folder)).toThrow('ENOENT');
  });

  it('holds one file a mail, for its owner alone, and lists the newest first', () => {
    const { outbox, folder, clock } = open();
    outbox.send(mail);
    outbox.send({ ...mail, subject: 'Second' });
    clock.time += 1_000;
    outbox.send({ ...mail, subject: 'Third' });
    expect(outbox.list().map(({ subject }) => subject)).toEqual(['Third', 'Second', 'Set a new password']);
    const files = readdirSync(folder);
    expect(files).toHaveLength(3);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const file of files)
      expect([file.endsWith('.eml'), statSync(join(folder, file)).mode & 0o777]).toEqual([true, 0o600]);
    expect(readFileSync(join(folder, files.sort()[0]!), 'utf8')).toContain('Subject: Set a new password\r\n');
  });

  it('keeps the last 200, and passes over what is no mail', () => {
    const { outbox, folder } = open();
    mkdirSync(folder);
    writeFileSync(join(folder, 'x.eml.part'), 'half');
    for (let count = 1; count <= 203; count += 1) outbox.send({ ...mail, subject: String(count) });
    const subjects = outbox.list().map(({ subject }) => subject);
    expect([subjects.length, subjects[0], subjects.at(-1)]).toEqual([200, '203', '4']);
  });

  it('keeps nothing that was half-written when the process was killed, and every whole mail', () => {
    const { outbox, folder, clock } = open();
    outbox.send(mail);
    for (const name of ['a.eml.part', 'b.eml.part']) writeFileSync(join(folder, name), 'http://127.0.0.1/x?token=good');
    createOutbox(folder, clock);
    expect(readdirSync(folder).map((name) => name.endsWith('.eml'))).toEqual([true]);
  });

  it('says so when it cannot write', () => {
    const { outbox, folder } = open();
    writeFileSync(folder, '');
    expect(() => {
      outbox.send(mail);
    }).toThrow('EEXIST');
  });

  it.skipIf(process.platform === 'win32')('lists its own mails alone: no link, no pipe, nothing huge (L2)', () => {
    const { outbox, folder } = open();
    outbox.send(mail);
    const other = join(createTestFolder(), 'a.eml');
    writeFileSync(other, writeMessage({ ...mail, subject: 'of another', sentAt }));
    symlinkSync(other, join(folder, '2026-02-01-link.eml'));
    symlinkSync('/dev/zero', join(folder, '2026-02-02-endless.eml'));
    execFileSync('mkfifo', [join(folder, '2026-02-03-pipe.eml')]);
    writeFileSync(join(folder, '2026-02-04-huge.eml'), Buffer.alloc(200_000, 'x'));
    expect(outbox.list().map(({ subject }) => subject)).toEqual([mail.subject]);
  });
});
