import { type LookupAddress, type LookupOptions, lookup as lookUp } from 'node:dns';
import { request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { isIP } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { WebhookMessage } from '../../app/create-app.ts';
import { settings } from '../config/config.ts';
import { packageVersion } from '../package-version.ts';
import { isPrivateAddress } from './private-addresses.ts';

/** From the connection to the end of the answer's head. */
const timeoutMs = 10_000;

/** How a server is told that it may, where an address is refused for it. */
const toAllowPrivate = `unless the server has --${settings.webhooksToPrivate.flag} yes`;

export interface PostOptions {
  /** Whether webhooks may go to private addresses and without encryption. */
  readonly allowsPrivate: boolean;
}

/** Why the address can be no endpoint as it stands; what its name leads to is looked at when it is called. */
export function refusedUrl(url: string, { allowsPrivate }: PostOptions): string | null {
  const { protocol, hostname, username, password } = new URL(url);
  if (username !== '' || password !== '') return 'holds a name or a password';
  if (allowsPrivate) return null;
  if (protocol !== 'https:') return `does not begin with https, as it must ${toAllowPrivate}`;
  const host = hostname.replace(/^\[|\]$/g, '');
  if ((isIP(host) !== 0 && isPrivateAddress(host)) || host === 'localhost' || host.endsWith('.localhost'))
    return `leads into a private network, which is refused ${toAllowPrivate}`;
  return null;
}

/**
 * Posts a webhook as Standard Webhooks has it. The address that is connected to is the one that is checked, so a name that leads
 * elsewhere the second time gains nothing; redirects are not followed. Gives why it was not taken; null where it was.
 */
export function postWebhook(message: WebhookMessage, options: PostOptions): Promise<string | null> {
  const { url, id, sentAtMs, payload, secrets, signal } = message;
  const refused = refusedUrl(url, options);
  if (refused !== null) return Promise.resolve(`The address ${refused}.`);
  const sentAt = new Date(sentAtMs);
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(payload),
    'user-agent': `UsageKit/${packageVersion()}`,
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(sentAtMs / 1_000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, sentAt, payload)).join(' '),
  };
  const send = url.startsWith('https:') ? overHttps : overHttp;
  return new Promise((resolve) => {
    const sent = send(
      url,
      {
        method: 'POST',
        headers,
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
        ...(options.allowsPrivate ? {} : { lookup: lookUpPublic }),
      },
      (response) => {
        const status = response.statusCode ?? 0;
        // The answer's body is ignored, so an endless one does no harm.
        response.destroy();
        resolve(status >= 200 && status < 300 ? null : `The endpoint answered ${status}.`);
      },
    );
    sent.on('error', (error: NodeJS.ErrnoException) => resolve(wordsOf(error)));
    sent.end(payload);
  });
}

function wordsOf(error: NodeJS.ErrnoException): string {
  if (error.name === 'TimeoutError' || error.name === 'AbortError')
    return `The endpoint did not answer within ${timeoutMs / 1_000} seconds.`;
  if (error instanceof PrivateAddressError) return error.message;
  return `The endpoint could not be reached (${error.code ?? error.name}).`;
}

class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';
}

/** Looks a name up as Node does, and gives only what lies in the public internet. */
function lookUpPublic(
  hostname: string,
  options: LookupOptions,
  done: (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void,
): void {
  lookUp(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return done(error, []);
    const open = addresses.filter(({ address }) => !isPrivateAddress(address));
    const [first] = open;
    if (first === undefined)
      return done(
        new PrivateAddressError(
          `The address leads into a private network, which is refused ${toAllowPrivate}.`,
        ),
        [],
      );
    if (options.all === true) done(null, open);
    else done(null, first.address, first.family);
  });
}
