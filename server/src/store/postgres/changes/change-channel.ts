import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import type { ChangedAccounts } from '../../store.ts';
import { connectionConfig, type PostgresPlace, sessionSql } from '../open/connection.ts';

/** Announced in place of a key's id when any known key may have been revoked. */
export const everyKey = '*';

/** A notification holds fewer than 8,000 bytes. The rest leaves ample room for one more id with quotes and escapes. */
const bytesPerNotification = 6_000;
const reconnectMs = 1_000;
/**
 * The wait between two notifications; the later one carries all changes of that time. The first after a pause is sent at once. What a
 * process decides on a state that another has changed since fails by its stamp and is decided again.
 */
const gapMs = 20;
/** Ids that wait while the connection is down; with more of them the others are told that any account may have changed. */
const idsWaitingMax = 10_000;
/** Stands for every account. An account with this id is told of as all are, which is more than needed and no less. */
const everyAccount = '*';
/** Comes before the id of a key that was revoked. What an account's id begins so with is heard as both. */
const revokedMark = '!';

/** The changes that another process announced, or the changes that must be assumed if announcements were lost. */
export interface Told {
  readonly changed: ChangedAccounts;
  /** Ids of keys. */
  readonly revoked: readonly string[];
}

const tellSql =
  "SELECT pg_notify('usagekit_' || current_schema(), payload) FROM unnest($1::text[]) AS sent (payload)";

/**
 * Tells other processes on the database which accounts changed, and hears it from them, on one connection of its own:
 * a NOTIFY within the writing transactions would make their commits queue for each other. It waits for no disk: a crash of the database ends
 * everybody's connection too. What was told while the connection was down is not known, so any account may have changed then.
 */
export class ChangeChannel {
  readonly #place: PostgresPlace;
  readonly #hear: (told: Told) => void;
  readonly #sender = crypto.randomUUID();
  #client: Client | undefined;
  #waiting = new Set<string>();
  #sending: Promise<void> | undefined;
  #reconnection: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** `hear` is told of what other processes changed and revoked. */
  constructor(place: PostgresPlace, hear: (told: Told) => void) {
    this.#place = place;
    this.#hear = hear;
  }

  /** Whether it hears what other processes tell. */
  get isOpen(): boolean {
    return this.#client !== undefined;
  }

  /** @throws the driver's error where the database cannot be reached; no connection is left open then. */
  async open(): Promise<void> {
    const client = new Client(connectionConfig(this.#place.url));
    client.on('error', () => this.#lose(client));
    client.on('end', () => this.#lose(client));
    client.on('notification', ({ payload }) => this.#receive(payload ?? ''));
    try {
      await client.connect();
      await client.query(`${sessionSql(this.#place.schema)} SET synchronous_commit = off;`);
      // Channels belong to the database, tables to a schema: two installations in one database do not hear each other.
      await client.query(`DO $$ BEGIN EXECUTE format('LISTEN %I', 'usagekit_' || current_schema()); END $$`);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    if (this.#isClosed) await client.end().catch(() => undefined);
    else this.#client = client;
  }

  /** Told to the other processes as soon as the connection is free; ids that wait go together. */
  tell(accountIds: readonly string[]): void {
    this.#await(accountIds);
    this.#startSending();
  }

  /** As `tell`, of what touches every account. */
  tellAll(): void {
    this.tell([everyAccount]);
  }

  /** As `tell`, of a key that was revoked. */
  tellRevoked(keyId: string): void {
    this.tell([`${revokedMark}${keyId}`]);
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
        const payloads = payloadsOf(this.#sender, ids);
        await client.query({ name: 'tell', text: tellSql, values: [payloads] });
        await pause(gapMs);
      }
    } catch {
      // The connection broke. The others look for what changed when theirs is up again, but this one's loss is not
      // theirs: what could not be sent is sent after the reconnection.
      this.#await(ids);
      this.#lose(client);
    }
  }

  #await(accountIds: readonly string[]): void {
    if (this.#waiting.has(everyAccount)) return;
    for (const id of accountIds) this.#waiting.add(id);
    if (this.#waiting.size > idsWaitingMax) this.#waiting = new Set([everyAccount]);
  }

  /** Whoever may connect to the database may send here anything at all. */
  #receive(payload: string): void {
    const told = readNotification(payload);
    if (told === null || told.sender === this.#sender) return;
    const revoked = told.ids.filter((id) => id.startsWith(revokedMark));
    this.#hear({
      changed: told.ids.includes(everyAccount) ? 'all' : told.ids,
      revoked: revoked.map((id) => id.slice(revokedMark.length)),
    });
  }

  #lose(client: Client): void {
    if (this.#client !== client || this.#isClosed) return;
    this.#client = undefined;
    void client.end().catch(() => undefined);
    this.#reconnect();
  }

  #reconnect(): void {
    this.#reconnection = setTimeout(async () => {
      try {
        await this.open();
        this.#hear({ changed: 'all', revoked: [] });
        this.#startSending();
      } catch {
        if (!this.#isClosed) this.#reconnect();
      }
    }, reconnectMs);
    this.#reconnection.unref();
  }
}

/** The ids in as many notifications as they need. */
function payloadsOf(sender: string, ids: readonly string[]): string[] {
  const payloads: string[] = [];
  let texts = [JSON.stringify(sender)];
  let bytes = 0;
  for (const id of ids) {
    const text = JSON.stringify(id);
    texts.push(text);
    bytes += Buffer.byteLength(text) + 1;
    if (bytes < bytesPerNotification) continue;
    payloads.push(`[${texts.join(',')}]`);
    texts = [JSON.stringify(sender)];
    bytes = 0;
  }
  if (texts.length > 1) payloads.push(`[${texts.join(',')}]`);
  return payloads;
}

/** The announcement of another UsageKit process; null for a message that no UsageKit process can have sent. */
function readNotification(payload: string): { sender: string; ids: string[] } | null {
  let told: unknown;
  try {
    told = JSON.parse(payload);
  } catch {
    return null;
  }
  if (!Array.isArray(told) || !told.every((part) => typeof part === 'string')) return null;
  const [sender, ...ids] = told;
  return sender === undefined ? null : { sender, ids };
}
