/**
 * Steps from an empty file to the present tables, in order; `user_version` counts the steps taken. A released step is never
 * changed.
 *
 * Tables are clustered by account, so that rows that are read together share a page; cells are clustered by day first, since the
 * cells of a day are written together.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE journal (
    id INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    answer_bodies TEXT NOT NULL
  ) STRICT;

  CREATE TABLE account_folds (
    account_id TEXT PRIMARY KEY,
    journal_id INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE accounts (
    account_id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    profile TEXT NOT NULL,
    wallet TEXT NOT NULL,
    usage TEXT NOT NULL,
    holds TEXT NOT NULL,
    rest TEXT NOT NULL
  ) STRICT;

  CREATE TABLE members (
    account_id TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (account_id, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE entries (
    account_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (account_id, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX entries_by_id ON entries (account_id, id);

  CREATE TABLE usage (
    account_id TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (account_id, at_ms, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX usage_by_id ON usage (account_id, id);

  CREATE TABLE cells (
    day INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    metric TEXT NOT NULL,
    dimension TEXT NOT NULL,
    value TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    PRIMARY KEY (day, account_id, metric, dimension, value)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE event_ids (
    account_id TEXT NOT NULL,
    id TEXT NOT NULL,
    content_hash TEXT NOT NULL,
    PRIMARY KEY (account_id, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE answers (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    account_id TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    recorded_at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX answers_by_key ON answers (key, account_id);

  CREATE TABLE holds (
    account_id TEXT NOT NULL,
    id TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (account_id, id)
  ) STRICT;
  CREATE INDEX holds_by_time ON holds (account_id, created_at_ms, id);

  CREATE TABLE tasks (
    account_id TEXT NOT NULL,
    id TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    status TEXT NOT NULL,
    agent_id TEXT,
    member_id TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (account_id, id)
  ) STRICT;
  CREATE INDEX account_tasks ON tasks (account_id, created_at_ms, id);
  CREATE INDEX account_tasks_by_status ON tasks (account_id, status, created_at_ms, id);
  CREATE INDEX account_tasks_by_agent ON tasks (account_id, agent_id, created_at_ms, id, status);
  CREATE INDEX account_tasks_by_member ON tasks (account_id, member_id, created_at_ms, id, status);
  CREATE INDEX all_tasks ON tasks (created_at_ms, id, account_id);
  CREATE INDEX all_tasks_by_status ON tasks (status, created_at_ms, id, account_id);
  CREATE INDEX all_tasks_by_agent ON tasks (agent_id, created_at_ms, id, account_id, status);
  CREATE INDEX all_tasks_by_member ON tasks (member_id, created_at_ms, id, account_id, status);

  CREATE TABLE purchases (
    account_id TEXT NOT NULL,
    id TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    status TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (account_id, id)
  ) STRICT;
  CREATE INDEX ordered_purchases ON purchases (created_at_ms, id, account_id) WHERE status = 'ordered';

  CREATE TABLE activity (
    account_id TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (account_id, at_ms, id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE keys (
    id TEXT PRIMARY KEY,
    secret_hash TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL
  ) STRICT;

  CREATE TABLE catalogs (
    version INTEGER PRIMARY KEY,
    config TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE clocks (
    id TEXT PRIMARY KEY,
    now_ms INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE secrets (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- The newest format of each stored body that was ever written here.
  CREATE TABLE stored_formats (
    noun TEXT PRIMARY KEY,
    version INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- What was acknowledged and the tables by account could not take; see SetAside.
  CREATE TABLE set_aside (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id TEXT,
    noun TEXT NOT NULL,
    reason TEXT NOT NULL,
    body TEXT NOT NULL,
    set_aside_at_ms INTEGER NOT NULL
  ) STRICT;
  `,
  `
  -- 0 where it is not known yet: it is reckoned when the index is read.
  ALTER TABLE accounts ADD COLUMN clock_id TEXT NOT NULL DEFAULT '$system';
  ALTER TABLE accounts ADD COLUMN due_at_ms INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX accounts_by_due ON accounts (clock_id, due_at_ms, account_id);
  `,
  `
  CREATE TABLE invoices (
    account_id TEXT NOT NULL,
    id TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (account_id, id)
  ) STRICT;
  CREATE INDEX account_invoices ON invoices (account_id, created_at_ms, id);

  CREATE TABLE charges (
    account_id TEXT NOT NULL,
    id TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    is_waiting INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (account_id, id)
  ) STRICT;
  CREATE INDEX account_charges ON charges (account_id, created_at_ms, id);
  CREATE INDEX waiting_charges ON charges (created_at_ms, id, account_id) WHERE is_waiting = 1;
  `,
  `
  -- Extensions of browsers are connected by pairings, and listed by account and member.
  CREATE TABLE pairings (
    id TEXT PRIMARY KEY,
    device_code_hash TEXT NOT NULL UNIQUE,
    user_code TEXT NOT NULL UNIQUE,
    expires_at_ms INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX pairings_by_end ON pairings (expires_at_ms);
  ALTER TABLE keys ADD COLUMN account_id TEXT;
  ALTER TABLE keys ADD COLUMN member_id TEXT;
  UPDATE keys SET account_id = body ->> '$[1].accountId', member_id = body ->> '$[1].memberId';
  CREATE INDEX keys_by_account ON keys (account_id, id);
  CREATE INDEX keys_by_member ON keys (account_id, member_id, id);
  `,
  `
  -- One row while a move into this database is under way, or was broken off: how far it is.
  CREATE TABLE moves (
    id INTEGER PRIMARY KEY,
    body TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- Who changed keys, the catalog and money by hand; ids sort by time.
  CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- How far each table was brought to the newest formats; the key of the last row, or null where all rows were.
  CREATE TABLE sweeps (
    name TEXT PRIMARY KEY,
    formats TEXT NOT NULL,
    after TEXT
  ) STRICT;
  `,
  `
  CREATE TABLE notices (
    account_id TEXT NOT NULL,
    id TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    due_at_ms INTEGER,
    is_dead INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (account_id, id)
  ) STRICT;
  CREATE INDEX account_notices ON notices (account_id, created_at_ms, id);
  CREATE INDEX all_notices ON notices (created_at_ms, id, account_id);
  CREATE INDEX dead_notices ON notices (created_at_ms, id, account_id) WHERE is_dead = 1;
  CREATE INDEX due_notices ON notices (due_at_ms, id, account_id) WHERE due_at_ms IS NOT NULL;

  CREATE TABLE webhook_endpoints (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL
  ) STRICT;
  `,
  `
  -- Whom an erasure erased is in "body" only while it is under way.
  CREATE TABLE erasures (
    id TEXT PRIMARY KEY,
    request_hash TEXT NOT NULL UNIQUE,
    is_done INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX erasures_under_way ON erasures (id) WHERE is_done = 0;
  `,
  `
  -- Keys that ended are forgotten in the order in which they did.
  ALTER TABLE keys ADD COLUMN expires_at_ms INTEGER;
  UPDATE keys SET expires_at_ms = body ->> '$[1].expiresAtMs';
  CREATE INDEX keys_by_end ON keys (expires_at_ms, id) WHERE expires_at_ms IS NOT NULL;
  `,
  `
  -- How far the cells of an account are folded beyond the rest of it; see CellMark.
  ALTER TABLE account_folds ADD COLUMN cells_journal_id INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE account_folds ADD COLUMN part_journal_id INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE account_folds ADD COLUMN part_count INTEGER NOT NULL DEFAULT 0;
  `,
  `
  -- How far a slice has got, by the hash of a cell and not by how many came before it; see CellMark.
  ALTER TABLE account_folds ADD COLUMN part_hash INTEGER NOT NULL DEFAULT -1;
  `,
  `
  -- What one member, or one hour, used of a day: the sums by every dimension in one body.
  CREATE TABLE day_parts (
    day INTEGER NOT NULL,
    account_id TEXT NOT NULL,
    part TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (day, account_id, part)
  ) STRICT, WITHOUT ROWID;
  -- Where nothing was used yet, there is nothing to bring into them.
  INSERT INTO sweeps (name, formats, after) SELECT 'uses_into_day_parts', '1', NULL
    WHERE NOT EXISTS (SELECT 1 FROM usage) AND NOT EXISTS (SELECT 1 FROM journal);
  `,
  `
  -- The entry of a use's debit, which tells little else; entries of other things have a row of their own. Every use is read for
  -- it: one to two seconds for a million of them.
  ALTER TABLE usage ADD COLUMN entry_seq INTEGER;
  ALTER TABLE usage ADD COLUMN entry TEXT;
  CREATE INDEX usage_by_entry ON usage (account_id, entry_seq) WHERE entry_seq IS NOT NULL;
  `,
];
