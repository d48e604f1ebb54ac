import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { type Row, textColumn } from './columns.ts';
import { connectionConfig } from './open-pool.ts';

/** A notification holds at most 8,000 bytes; an id at most 128 characters of ASCII, in quotes and with a comma. */
const idsPerNotification = 50;
const reconnectMs = 1_000;
/** After a notification the next one waits so long, and takes all that came meanwhile. */
const gapMs = 5;
/** Commits that began before the connection was lost may have become visible so long after it. */
const overlapMs = 60_000;

const tellSql =
  "SELECT pg_notify('usagekit_' || current_schema(), payload) FROM unnest($1::text[]) AS sent (payload)";

/**
 * Tells other processes on the database which accounts changed, and hears it from them, on one connection of its own:
 * a NOTIFY within the writing transactions would make their commits queue for each other. What is lost while the
 * connection is down is found by when accounts were last changed.
 */
export class ChangeChannel {
  readonly #url: string;
  readonly #hear: (accountIds: readonly string[]) => void;
  readonly #sender = crypto.randomUUID();
  #client: Client | undefined;
  #waiting = new Set<string>();
  #sending: Promise<void> | undefined;
  #lostAtMs: number | undefined;
  #reconnection: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** `hear` is told of what other processes changed. */
  constructor(url: string, hear: (accountIds: readonly string[]) => void) {
    this.#url = url;
    this.#hear = hear;
  }

  async open(): Promise<void> {
    const client = new Client(connectionConfig(this.#url));
    client.on('error', () => this.#lose(client));
    client.on('end', () => this.#lose(client));
    client.on('notification', ({ payload }) => this.#receive(payload ?? ''));
    await client.connect();
    // Channels belong to the database, tables to a schema: two installations in one database do not hear each other.
    await client.query(`DO $$ BEGIN EXECUTE format('LISTEN %I', 'usagekit_' || current_schema()); END $$`);
    this.#client = client;
  }

  /** Told to the other processes as soon as the connection is free; ids that wait go together. */
  tell(accountIds: readonly string[]): void {
    for (const id of accountIds) this.#waiting.add(id);
    this.#startSending();
  }

  /** Tells what waits to be told first. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#reconnection);
    await this.#sending;
    await this.#client?.end().catch(() => undefined);
  }

  #startSending(): void {
    const client = this.#client;
    if (client === undefined) return;
    this.#sending ??= this.#send(client).finally(() => {
      this.#sending = undefined;
    });
  }

  async #send(client: Client): Promise<void> {
    let ids: string[] = [];
    try {
      while (this.#waiting.size > 0) {
        ids = [...this.#waiting];
        this.#waiting = new Set();
        const payloads: string[] = [];
        for (let from = 0; from < ids.length; from += idsPerNotification) {
          payloads.push(JSON.stringify([this.#sender, ...ids.slice(from, from + idsPerNotification)]));
        }
        await client.query({ name: 'tell', text: tellSql, values: [payloads] });
        await pause(gapMs);
      }
    } catch {
      // The connection broke. The others look for what changed when theirs is up again, but this one's loss is not
      // theirs: what could not be sent is sent after the reconnection.
      for (const id of ids) this.#waiting.add(id);
      this.#lose(client);
    }
  }

  #receive(payload: string): void {
    const [sender, ...accountIds] = JSON.parse(payload) as string[];
    if (sender !== this.#sender) this.#hear(accountIds);
  }

  #lose(client: Client): void {
    if (this.#client !== client || this.#isClosed) return;
    this.#client = undefined;
    this.#lostAtMs = Date.now();
    void client.end().catch(() => undefined);
    this.#reconnect();
  }

  #reconnect(): void {
    this.#reconnection = setTimeout(async () => {
      try {
        await this.open();
        await this.#catchUp();
        this.#startSending();
      } catch {
        if (!this.#isClosed) this.#reconnect();
      }
    }, reconnectMs);
    this.#reconnection.unref();
  }

  async #catchUp(): Promise<void> {
    if (this.#client === undefined || this.#lostAtMs === undefined) return;
    const elapsedMs = Date.now() - this.#lostAtMs + overlapMs;
    const { rows } = await this.#client.query<Row>(
      "SELECT account_id FROM accounts WHERE changed_at > clock_timestamp() - $1 * interval '1 millisecond'",
      [elapsedMs],
    );
    this.#lostAtMs = undefined;
    this.#hear(rows.map((row) => textColumn(row, 'account_id')));
  }
}
