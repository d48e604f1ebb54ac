import type { IncomingMessage } from 'node:http';
import type { CalledRequest } from '../../app/create-app.ts';
import { apiBounds } from '../../contract/api-bounds.ts';

const wholeNumberPattern = /^\d{1,9}$/;
/** Hosts that stand in an address as they are. Every other one goes the general way, which reads it as browsers do. */
const plainHostPattern = /^[a-z0-9._-]+(:([1-5]\d{3,4}|6[0-4]\d{3}|[6-9]\d{3}))?$/;

const decoder = new TextDecoder();

/** A request of Node's whose body has been read. */
export class ReceivedRequest implements CalledRequest {
  readonly method = 'POST';
  readonly headers: CalledRequest['headers'];
  readonly #path: string;
  readonly #body: Uint8Array<ArrayBuffer>;

  constructor({ headers, url = '/' }: IncomingMessage, body: Uint8Array<ArrayBuffer>) {
    this.headers = new ReceivedHeaders(headers);
    this.#path = url;
    this.#body = body;
  }

  get url(): string {
    return `http://${this.headers.get('host')}${this.#path}`;
  }

  text(): string {
    return decoder.decode(this.#body);
  }

  whole(): Request {
    const { url, method, headers } = this;
    return new Request(url, { method, headers: (headers as ReceivedHeaders).all(), body: this.#body });
  }
}

class ReceivedHeaders {
  readonly #values: IncomingMessage['headers'];

  constructor(values: IncomingMessage['headers']) {
    this.#values = values;
  }

  get(name: string): string | null {
    const value = this.#values[name];
    return typeof value === 'string' ? value : null;
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined;
  }

  all(): Headers {
    return new Headers(
      Object.entries(this.#values).flatMap(([name, value]): [string, string][] =>
        value === undefined ? [] : [[name, String(value)]],
      ),
    );
  }
}

/** Whether the head of a request has nothing that could be read in more than one way, and a body within the limit follows it. */
export function hasPlainHead({ headers, rawHeaders, httpVersion }: IncomingMessage): boolean {
  const { host, 'content-length': length, 'transfer-encoding': coding } = headers;
  if (httpVersion !== '1.1' || length === undefined || coding !== undefined) return false;
  if (host === undefined || !plainHostPattern.test(host) || !wholeNumberPattern.test(length)) return false;
  const bytes = Number(length);
  if (bytes === 0 || bytes > apiBounds.bodyBytesMax) return false;
  let names = 0;
  for (const name in headers) if (name !== '') names += 1;
  // Of a header that came twice Node would give one value, or both.
  return names * 2 === rawHeaders.length;
}
