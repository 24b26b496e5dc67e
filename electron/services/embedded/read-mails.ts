import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readPlainFile } from '../files/plain-file.ts';
import { toStorageFault } from '../files/storage-fault.ts';
import type { EmbeddedMail } from '../ports.ts';

/** More are not looked through. */
const maxMails = 200;
/** Bytes. */
const largestMail = 100_000;

/**
 * The messages (RFC 5322, plain text in UTF-8) that the embedded server put into `folder`, newest first. Errors:
 * storage-fault.
 */
export async function readMails(folder: string): Promise<EmbeddedMail[]> {
  try {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.eml'));
    const newest = names.sort().reverse().slice(0, maxMails);
    return newest.flatMap((id) => {
      const message = readMessage(join(folder, id));
      return message === undefined ? [] : [{ id, ...parse(message) }];
    });
  } catch (error) {
    // The folder comes with the first mail.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw toStorageFault(error);
  }
}

/** Undefined for one that is gone by now, and for what is no mail of that server: a link, a pipe, a huge file. */
function readMessage(path: string): string | undefined {
  try {
    return readPlainFile(path, largestMail)?.toString();
  } catch {
    return undefined;
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
