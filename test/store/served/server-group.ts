import { type ServedProcess, servedKey } from './served-process.ts';

export interface Request {
  readonly path: string;
  readonly body: unknown;
  readonly key: string;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly isReplayed: boolean;
  /** How often it was sent before without an answer. */
  readonly unanswered: number;
}

/** A request that no server answers in so many tries has met something else than a kill. */
const triesMax = 200;

/** Servers on one database. One is killed now and then; whoever asks goes on with another or waits for the next. */
export class ServerGroup {
  readonly #startServer: () => Promise<ServedProcess>;
  readonly #alive: ServedProcess[] = [];
  #turn = 0;
  #started = Promise.withResolvers<void>();

  constructor(startServer: () => Promise<ServedProcess>) {
    this.#startServer = startServer;
  }

  async start(): Promise<void> {
    this.#alive.push(await this.#startServer());
    this.#started.resolve();
  }

  /** Kills the one that is drawn, a whole number below how many there are. */
  async killOne(draw: (below: number) => number): Promise<void> {
    const [server] = this.#alive.splice(draw(this.#alive.length), 1);
    if (this.#alive.length === 0) this.#started = Promise.withResolvers();
    await server?.kill();
  }

  async killAll(): Promise<void> {
    while (this.#alive.length > 0) await this.killOne(() => 0);
  }

  /**
   * Sends the request, again and again under the same key, until a server answers it.
   * @throws Error for an answer of 500.
   */
  async post({ path, body, key }: Request): Promise<Answer> {
    for (let unanswered = 0; unanswered < triesMax; unanswered++) {
      const response = await this.#fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(body),
      });
      if (response === null || response.status === 503) continue;
      if (response.status >= 500) throw new Error(`${path}: ${response.text}`);
      const isReplayed = response.headers.get('idempotent-replayed') === 'true';
      return { status: response.status, text: response.text, isReplayed, unanswered };
    }
    throw new Error(`${path} was not answered in ${triesMax} tries.`);
  }

  /** @throws Error for any answer but a success. */
  async send<Body>(method: 'GET' | 'PUT', path: string, body?: unknown): Promise<Body> {
    const response = await this.#fetch(path, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response === null || response.status >= 300) throw new Error(`${path}: ${response?.text}`);
    return JSON.parse(response.text) as Body;
  }

  /** Null where the connection broke before the whole answer was there. */
  async #fetch(path: string, init: { method: string; headers: Record<string, string>; body?: string }) {
    const url = await this.#nextUrl();
    try {
      const response = await fetch(`${url}${path}`, {
        ...init,
        headers: { ...init.headers, authorization: `Bearer ${servedKey}` },
      });
      return { status: response.status, headers: response.headers, text: await response.text() };
    } catch (error) {
      // What fetch throws for a network that failed; everything else is a mistake of the test's.
      if (error instanceof TypeError) return null;
      throw error;
    }
  }

  async #nextUrl(): Promise<string> {
    for (;;) {
      this.#turn += 1;
      const server = this.#alive[this.#turn % this.#alive.length];
      if (server !== undefined) return server.url;
      await this.#started.promise;
    }
  }
}
