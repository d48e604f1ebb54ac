import { Client, type QueryConfig } from 'pg';
import { connectionConfig, type PostgresPlace, prepareConnection } from '../open/connection.ts';
import { allSettledOrThrow } from './all-settled.ts';
import { emptyStatements } from './write-statements.ts';

/**
 * A connection on which one transaction is sent behind another without waiting for the answer: the server carries them
 * out in the order in which they were sent.
 */
export class CommitLine {
  readonly #place: PostgresPlace;
  #client: Client | undefined;
  #opening: Promise<void> | undefined;
  #lastCommit: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(place: PostgresPlace) {
    this.#place = place;
  }

  /** If it is not open yet, it is being opened, and callers work without it until then. */
  get isOpen(): boolean {
    if (this.#client === undefined) void this.open();
    return this.#client !== undefined;
  }

  /** Resolves once it is open or cannot be opened, which is tried again when somebody asks whether it is open. */
  async open(): Promise<void> {
    if (this.#client !== undefined || this.#isClosed) return;
    this.#opening ??= this.#open();
    await this.#opening;
  }

  /**
   * Sends a transaction and resolves when it is committed. Where a statement fails, its error is thrown and nothing was
   * written; where the connection breaks, whether it was is not known.
   */
  commit(statements: readonly QueryConfig[]): Promise<unknown> {
    const client = this.#client;
    if (client === undefined) throw new Error('The line is not open; ask isOpen first.');
    const [only, ...others] = statements;
    const isOne = only !== undefined && others.length === 0;
    // One statement is a transaction by itself. Of several, the commit after one that failed is a rollback.
    const sent = isOne ? [only] : ['BEGIN', ...statements, 'COMMIT'];
    const committed = allSettledOrThrow(sent.map((statement) => client.query(statement)));
    this.#lastCommit = committed.catch(() => undefined);
    return committed;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#opening;
    await this.#lastCommit;
    await this.#client?.end().catch(() => undefined);
  }

  async #open(): Promise<void> {
    const client = new Client(connectionConfig(this.#place.url));
    const lose = (): void => {
      if (this.#client === client) this.#client = undefined;
    };
    client.on('error', lose);
    client.on('end', lose);
    try {
      await client.connect();
      await prepareConnection(client, this.#place);
      // The driver prepares a statement when it is first sent. If that happened in a transaction that fails, later transactions
      // would use a statement that was never prepared.
      await allSettledOrThrow(emptyStatements().map((statement) => client.query(statement)));
      this.#client = client;
    } catch {
      // Writes that work without the line report the database's error to their callers.
      await client.end().catch(() => undefined);
    }
    this.#opening = undefined;
  }
}
