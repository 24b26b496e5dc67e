import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toStorageFault } from '../files/storage-fault.ts';
import type { EmbeddedMail } from '../ports.ts';

/** More are not looked through. */
const maxMails = 200;

/** The messages (RFC 5322, plain text in UTF-8) that the embedded server put into `folder`, newest first. Errors: storage-fault. */
export async function readMails(folder: string): Promise<EmbeddedMail[]> {
  try {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.eml'));
    const newest = names.sort().reverse().slice(0, maxMails);
    return await Promise.all(newest.map(async (id) => ({ id, ...parse(await readFile(join(folder, id), 'utf8')) })));
  } catch (error) {
    // The folder comes with the first mail.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw toStorageFault(error);
  }
}

function parse(message: string): Omit<EmbeddedMail, 'id'> {
  const [head = '', ...body] = message.split('\r\n\r\n');
  const headers = new Map(
    head.split('\r\n').map((line): [string, string] => {
      const [name = '', ...value] = line.split(':');
      return [name.toLowerCase(), value.join(':').trim()];
    }),
  );
  const sentAt = Date.parse(headers.get('date') ?? '');
  return {
    sentAt: Number.isNaN(sentAt) ? 0 : sentAt,
    to: headers.get('to') ?? '',
    subject: headers.get('subject') ?? '',
    text: body.join('\r\n\r\n').replaceAll('\r\n', '\n').trimEnd(),
  };
}
