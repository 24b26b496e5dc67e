import { createServer, type AddressInfo, type Socket } from 'node:net';

/** Takes every mail for anybody (RFC 5321, as far as a server that sends them needs it) and keeps it. */
export interface MailCatcher extends AsyncDisposable {
  readonly port: number;
  /** The first link of the newest mail to `address` that has `part` in it; waits a minute for one. */
  findLink(address: string, part: string): Promise<string>;
}

const patience = 150_000;

export async function startMailCatcher(): Promise<MailCatcher> {
  const mails: string[] = [];
  const server = createServer((socket) => talk(socket, (mail) => mails.push(mail)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    findLink: async (address, part) => {
      for (const end = Date.now() + patience; Date.now() < end; await new Promise((done) => setTimeout(done, 100))) {
        const mail = mails.findLast((each) => each.includes(`To: ${address}`));
        const link = mail?.match(/https?:\/\/[^\s"<>]+/g)?.find((each) => each.includes(part));
        if (link !== undefined) return link;
      }
      throw new Error(`no mail to ${address} with ${part}`);
    },
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  };
}

function talk(socket: Socket, take: (mail: string) => void): void {
  let [rest, mail] = ['', undefined as string | undefined];
  const answer = (line: string) => socket.write(`${line}\r\n`);
  const read = (line: string) => {
    if (mail !== undefined && line !== '.') mail += `${line}\n`;
    else if (mail !== undefined) {
      take(unfold(mail));
      mail = undefined;
      answer('250 taken');
    } else if (/^DATA$/i.test(line)) {
      mail = '';
      answer('354 go on');
    } else if (/^QUIT$/i.test(line)) socket.end('221 bye\r\n');
    else answer('250 fine');
  };
  socket.setEncoding('utf8').on('error', () => socket.destroy());
  socket.on('data', (text: string) => {
    const lines = (rest + text).split('\r\n');
    rest = lines.pop() ?? '';
    lines.forEach(read);
  });
  answer('220 catcher');
}

/** Quoted-printable breaks long lines with `=` at their ends, and writes `=` as `=3D`. */
function unfold(mail: string): string {
  return mail.replaceAll('=\n', '').replaceAll('=3D', '=');
}
