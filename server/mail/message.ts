import { randomUUID } from 'node:crypto';

export interface Mail {
  readonly to: string;
  /** ASCII. */
  readonly subject: string;
  /** Lines end with \n. */
  readonly text: string;
}

export interface SentMail extends Mail {
  /** Milliseconds since the epoch, in whole seconds. */
  readonly sentAt: number;
}

const sender = 'Profile Desk <no-reply@profile-desk.example>';

/** An Internet message (RFC 5322) with a plain text body in UTF-8 (RFC 6532 for the address). */
export function writeMessage({ to, subject, text, sentAt }: SentMail): string {
  const headers = {
    // RFC 5322, 3.3: "GMT" is the obsolete form of the zone.
    Date: new Date(sentAt).toUTCString().replace('GMT', '+0000'),
    From: sender,
    To: to,
    Subject: subject,
    'Message-ID': `<${randomUUID()}@profile-desk.example>`,
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Transfer-Encoding': '8bit',
  };
  const lines = Object.entries(headers).map(([name, value]) => {
    // A line end would begin another header (CWE-93).
    if (/[\r\n]/.test(value)) throw new Error(`${name} has a line end`);
    return `${name}: ${value}`;
  });
  return [...lines, '', ...text.split('\n'), ''].join('\r\n');
}

/** Reads what `writeMessage` wrote. */
export function readMessage(message: string): SentMail {
  const end = message.indexOf('\r\n\r\n');
  const headers = new Map(
    message
      .slice(0, end)
      .split('\r\n')
      .map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  const text = message
    .slice(end + 4)
    .replaceAll('\r\n', '\n')
    .replace(/\n$/, '');
  return {
    to: headers.get('To') ?? '',
    subject: headers.get('Subject') ?? '',
    text,
    sentAt: Date.parse(headers.get('Date') ?? ''),
  };
}
