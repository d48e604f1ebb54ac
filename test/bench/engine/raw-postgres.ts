import { Client } from 'pg';
import { accountIds } from './engine.ts';

const batchSize = 64;

/**
 * The least that a durable, idempotent debit can be on PostgreSQL with its driver, by hand: a conditional update of the
 * balance, a ledger row and an idempotency row, 64 debits a transaction on one connection, each table by one statement.
 */
export class RawPostgres {
  readonly #client: Client;
  readonly #accountIds: readonly string[];
  #count = 0;

  constructor(client: Client, accounts: number) {
    this.#client = client;
    this.#accountIds = accountIds(accounts);
  }

  static async open(url: string, accounts: number): Promise<RawPostgres> {
    const client = new Client({ connectionString: url, pipeline: true });
    await client.connect();
    await client.query(`
      CREATE TABLE balances (account_id text PRIMARY KEY, balance bigint NOT NULL);
      CREATE TABLE ledger (
        account_id text, seq bigint, amount bigint NOT NULL, at_ms bigint NOT NULL, note text NOT NULL,
        PRIMARY KEY (account_id, seq)
      );
      CREATE TABLE answers (account_id text, key text, body text NOT NULL, PRIMARY KEY (account_id, key))`);
    const raw = new RawPostgres(client, accounts);
    await client.query('INSERT INTO balances SELECT unnest($1::text[]), 1000000000000', [raw.#accountIds]);
    return raw;
  }

  /** So many debits over random accounts; debits a second. */
  async debit(operations: number): Promise<number> {
    const startedAt = performance.now();
    for (let done = 0; done < operations; done += batchSize) await this.#debitBatch();
    return (operations * 1_000) / (performance.now() - startedAt);
  }

  async #debitBatch(): Promise<void> {
    const ids: string[] = [];
    const seqs: number[] = [];
    const keys: string[] = [];
    const bodies: string[] = [];
    for (let index = 0; index < batchSize; index++) {
      this.#count += 1;
      ids.push(this.#accountIds[Math.floor(Math.random() * this.#accountIds.length)] ?? '');
      seqs.push(this.#count);
      keys.push(`0199f000-${String(this.#count).padStart(12, '0')}`);
      bodies.push('{"allowed":true,"balance":"1000"}');
    }
    await Promise.all([
      this.#client.query('BEGIN'),
      this.#client.query({
        name: 'debit',
        text: `
          WITH locked AS (
            SELECT account_id FROM balances WHERE account_id = ANY($1) ORDER BY account_id FOR UPDATE
          ), debits AS (
            SELECT account_id, count(*) AS amount FROM unnest($1::text[]) AS debit (account_id) GROUP BY account_id
          )
          UPDATE balances SET balance = balance - amount
          FROM debits JOIN locked USING (account_id)
          WHERE balances.account_id = debits.account_id AND balance >= amount`,
        values: [ids],
      }),
      this.#client.query({
        name: 'entries',
        text: `
          INSERT INTO ledger SELECT account_id, seq, -1, 1795161600000, 'Swift 1'
          FROM unnest($1::text[], $2::bigint[]) AS entry (account_id, seq)`,
        values: [ids, seqs],
      }),
      this.#client.query({
        name: 'answers',
        text: 'INSERT INTO answers SELECT * FROM unnest($1::text[], $2::text[], $3::text[])',
        values: [ids, keys, bodies],
      }),
      this.#client.query('COMMIT'),
    ]);
  }

  close(): Promise<void> {
    return this.#client.end();
  }
}
