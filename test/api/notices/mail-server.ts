import { type AddressInfo, createServer } from 'node:net';
import { afterEach } from 'vitest';

export interface MailServer {
  readonly url: string;
  /** Each mail as it came, with its envelope's recipients. */
  readonly mails: { readonly to: readonly string[]; readonly text: string }[];
}

const closes: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closes.splice(0).map((close) => close()));
});

/** As much of SMTP (RFC 5321) as a client needs to hand over a mail. */
export async function createMailServer(): Promise<MailServer> {
  const mails: { to: string[]; text: string }[] = [];
  const sockets = new Set<import('node:net').Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let to: string[] = [];
    let text: string | null = null;
    let rest = '';
    socket.write('220 mail.example.com\r\n');
    socket.on('error', () => {});
    socket.on('data', (data) => {
      rest += data.toString();
      for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 2);
        if (text !== null) {
          if (line !== '.') {
            text += `${line}\n`;
            continue;
          }
          mails.push({ to, text });
          to = [];
          text = null;
          socket.write('250 taken\r\n');
          continue;
        }
        if (/^RCPT TO:/i.test(line)) to.push(line.slice(8));
        if (/^DATA/i.test(line)) {
          text = '';
          socket.write('354 go on\r\n');
        } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
        else socket.write('250 ok\r\n');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closes.push(
    () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  );
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, mails };
}
