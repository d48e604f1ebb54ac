import { DatabaseSync } from 'node:sqlite';
import { accountIds } from './engine.ts';

const batchSize = 64;

/**
 * The least that a durable, idempotent debit can be on SQLite, by hand: a conditional update of the balance, a ledger
 * row and an idempotency row, 64 debits a transaction, fsynced.
 */
export class RawSqlite {
  readonly #database: DatabaseSync;
  readonly #accountIds: readonly string[];
  #count = 0;

  constructor(file: string, accounts: number) {
    this.#accountIds = accountIds(accounts);
    this.#database = new DatabaseSync(file);
    this.#database.exec(`
      PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      CREATE TABLE balances (account_id TEXT PRIMARY KEY, balance INTEGER NOT NULL) STRICT;
      CREATE TABLE ledger (
        account_id TEXT NOT NULL, seq INTEGER NOT NULL, amount INTEGER NOT NULL, at_ms INTEGER NOT NULL, note TEXT NOT NULL,
        PRIMARY KEY (account_id, seq)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE answers (
        key TEXT NOT NULL, account_id TEXT NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (key, account_id)
      ) STRICT, WITHOUT ROWID;
    `);
    const insert = this.#database.prepare('INSERT INTO balances VALUES (?, ?)');
    for (const id of this.#accountIds) insert.run(id, 1_000_000_000_000);
  }

  /** So many debits over random accounts; debits a second. */
  debit(operations: number): number {
    const update = this.#database.prepare(
      'UPDATE balances SET balance = balance - ? WHERE account_id = ? AND balance >= ? RETURNING balance',
    );
    const addEntry = this.#database.prepare('INSERT INTO ledger VALUES (?, ?, ?, ?, ?)');
    const addAnswer = this.#database.prepare('INSERT INTO answers VALUES (?, ?, ?)');
    const startedAt = performance.now();
    for (let done = 0; done < operations; done += batchSize) {
      this.#database.exec('BEGIN IMMEDIATE');
      for (let index = 0; index < batchSize; index++) {
        this.#count += 1;
        const id = this.#accountIds[Math.floor(Math.random() * this.#accountIds.length)] ?? '';
        const row = update.get(1, id, 1);
        addEntry.run(id, this.#count, -1, 1_795_161_600_000, 'Swift 1');
        const key = `0199f000-${String(this.#count).padStart(12, '0')}`;
        addAnswer.run(key, id, `{"allowed":true,"balance":"${row?.balance}"}`);
      }
      this.#database.exec('COMMIT');
    }
    return (operations * 1_000) / (performance.now() - startedAt);
  }

  close(): void {
    this.#database.close();
  }
}
