import { spawnSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeTempFolder } from '../../../tests/support/temp-folder.ts';
import { readMails } from './read-mails.ts';

const message = (subject: string) =>
  `Date: Mon, 05 Jan 2026 09:08:07 +0000\r\nTo: a@b.c\r\nSubject: ${subject}\r\n\r\nText\r\n`;

it.skipIf(process.platform === 'win32')(
  'D7 L2 reads the mails of the demo alone: no link, no pipe, nothing huge',
  async () => {
    using folder = makeTempFolder();
    using other = makeTempFolder();
    const at = (name: string) => join(folder.path, name);
    writeFileSync(at('1.eml'), message('first'));
    writeFileSync(at('2.eml'), message('second'));
    writeFileSync(join(other.path, 'x'), message('of another'));
    symlinkSync(join(other.path, 'x'), at('3.eml'));
    symlinkSync('/dev/zero', at('4.eml'));
    spawnSync('mkfifo', [at('5.eml')]);
    writeFileSync(at('6.eml'), Buffer.alloc(200_000, 'x'));
    expect((await readMails(folder.path)).map(({ subject }) => subject)).toEqual(['second', 'first']);
    expect(await readMails(at('missing'))).toEqual([]);
  },
);
