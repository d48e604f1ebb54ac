import { createTransport } from 'nodemailer';
import type { Log, MailMessage } from '../../app/create-app.ts';

export interface MailOptions {
  /** Such as `smtps://user:password@mail.example.com`; null writes mails to the log instead. */
  readonly smtpUrl: string | null;
  /** One bare address. */
  readonly from: string;
}

/** Sends mails by SMTP; without an SMTP server it writes them to the log. */
export interface Mailer {
  /** Gives why it was not taken; null where it was. */
  send(mail: MailMessage): Promise<string | null>;
  close(): void;
}

export function createMailer({ smtpUrl, from }: MailOptions, log: Log): Mailer {
  if (smtpUrl === null) {
    return {
      async send({ to, subject, text }) {
        log.info({ to, subject, text }, 'A mail, written here since no mail server is set');
        return null;
      },
      close() {},
    };
  }
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
  });
  const domain = from.slice(from.indexOf('@') + 1);
  return {
    async send({ to, id, subject, text }) {
      try {
        // An address as an object is taken as it is: of a text the library would make a list or a group.
        await transport.sendMail({
          from: { name: 'UsageKit', address: from },
          to: { name: '', address: to },
          subject,
          text,
          messageId: `<${id}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
          disableFileAccess: true,
          disableUrlAccess: true,
        });
        return null;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
    close: () => transport.close(),
  };
}
