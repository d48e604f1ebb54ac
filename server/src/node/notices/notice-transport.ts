import type { Log, NoticeTransport } from '../../app/create-app.ts';
import { createMailer, type MailOptions } from './create-mailer.ts';
import { type PostOptions, postWebhook, refusedUrl } from './post-webhook.ts';

/** Carries webhooks by HTTP and mails by SMTP. */
export function createNoticeTransport(options: PostOptions & MailOptions, log: Log): NoticeTransport {
  const mailer = createMailer(options, log);
  return {
    refuses: (url) => refusedUrl(url, options),
    post: (message) => postWebhook(message, options),
    mail: (message) => mailer.send(message),
  };
}
