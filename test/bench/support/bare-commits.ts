import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';

/** A database with one table, to which a row is added by a durable commit of its own: what a consume is measured against. */
export interface BareCommits {
  commit(): Promise<void>;
  close(): Promise<void>;
}

const body = 'x'.repeat(500);

/** @param database A file that does not exist, or the URL of an empty PostgreSQL database. */
export async function openBareCommits(database: string): Promise<BareCommits> {
  return database.includes('://') ? openOnPostgres(database) : openOnSqlite(database);
}

function openOnSqlite(file: string): BareCommits {
  const database = new DatabaseSync(file);
  database.exec(`
    PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    CREATE TABLE debits (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
  `);
  const add = database.prepare('INSERT INTO debits (body) VALUES (?)');
  return {
    async commit() {
      add.run(body);
    },
    async close() {
      database.close();
    },
  };
}

async function openOnPostgres(url: string): Promise<BareCommits> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(
    'CREATE TABLE debits (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text NOT NULL)',
  );
  const add = { name: 'add', text: 'INSERT INTO debits (body) VALUES ($1)', values: [body] };
  return {
    async commit() {
      await client.query(add);
    },
    close: () => client.end(),
  };
}
