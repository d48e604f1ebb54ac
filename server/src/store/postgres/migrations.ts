/**
 * Steps from an empty schema to the present tables, in order; the table `usagekit_schema` counts the steps taken. A released step
 * is never changed.
 *
 * Every key holds the account, so that tables can be partitioned by account, or spread by it over a distributed PostgreSQL. It
 * comes first where one account's rows are read in order. Where a row is only looked up, its id comes first: ids and idempotency
 * keys mostly grow with time, and adding at the end of an index costs a fraction of adding in its middle. Ids sort by bytes, as
 * in every store.
 */
export const migrations: readonly string[] = [
  `
  -- Each process that opens the store takes a number, which its stamps begin with.
  CREATE SEQUENCE writers MAXVALUE 4194303 CYCLE;

  -- Updated in place again and again: room on the page keeps an update from touching the index, and what seldom
  -- changes comes first, since the log of changes leaves out what the old and the new row begin with.
  CREATE TABLE accounts (
    account_id text COLLATE "C" PRIMARY KEY,
    profile text NOT NULL,
    rest text NOT NULL,
    holds text NOT NULL,
    stamp bigint NOT NULL,
    version bigint NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    wallet text NOT NULL,
    usage text NOT NULL,
    pending_cells text NOT NULL
  ) WITH (fillfactor = 50);

  CREATE TABLE members (
    account_id text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (account_id, id)
  );

  CREATE TABLE entries (
    account_id text COLLATE "C" NOT NULL,
    seq bigint NOT NULL,
    id text COLLATE "C" NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (account_id, seq)
  );
  CREATE INDEX entries_by_id ON entries (id, account_id);

  CREATE TABLE usage (
    account_id text COLLATE "C" NOT NULL,
    at_ms bigint NOT NULL,
    id text COLLATE "C" NOT NULL,
    body text NOT NULL,
    -- The entry of its debit, which tells little else; entries of other things have a row of their own.
    entry_seq bigint,
    entry text,
    PRIMARY KEY (account_id, at_ms, id)
  );
  CREATE INDEX usage_by_id ON usage (id, account_id);
  CREATE UNIQUE INDEX usage_by_entry ON usage (account_id, entry_seq) WHERE entry_seq IS NOT NULL;

  CREATE TABLE cells (
    account_id text COLLATE "C" NOT NULL,
    metric text COLLATE "C" NOT NULL,
    dimension text COLLATE "C" NOT NULL,
    day integer NOT NULL,
    value text COLLATE "C" NOT NULL,
    quantity bigint NOT NULL,
    PRIMARY KEY (account_id, metric, dimension, day, value)
  ) WITH (fillfactor = 80);

  CREATE TABLE event_ids (
    account_id text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    content_hash text COLLATE "C" NOT NULL,
    PRIMARY KEY (id, account_id)
  );

  CREATE TABLE answers (
    account_id text COLLATE "C" NOT NULL,
    key text COLLATE "C" NOT NULL,
    request_hash text COLLATE "C" NOT NULL,
    status integer NOT NULL,
    body text NOT NULL,
    recorded_at_ms bigint NOT NULL,
    PRIMARY KEY (key, account_id)
  );
  -- Answers stand on the pages in the order of time, so that a range of pages tells where the old ones are.
  CREATE INDEX answers_by_time ON answers USING brin (recorded_at_ms);

  CREATE TABLE holds (
    account_id text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    created_at_ms bigint NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (account_id, id)
  );
  CREATE INDEX holds_by_time ON holds (account_id, created_at_ms, id);

  CREATE TABLE tasks (
    account_id text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    created_at_ms bigint NOT NULL,
    status text COLLATE "C" NOT NULL,
    agent_id text COLLATE "C",
    member_id text COLLATE "C",
    body text NOT NULL,
    PRIMARY KEY (account_id, id)
  );
  CREATE INDEX account_tasks ON tasks (account_id, created_at_ms, id);
  CREATE INDEX account_tasks_by_status ON tasks (account_id, status, created_at_ms, id);
  CREATE INDEX account_tasks_by_agent ON tasks (account_id, agent_id, created_at_ms, id);
  CREATE INDEX account_tasks_by_member ON tasks (account_id, member_id, created_at_ms, id);
  CREATE INDEX all_tasks ON tasks (created_at_ms, id, account_id);
  CREATE INDEX all_tasks_by_status ON tasks (status, created_at_ms, id, account_id);
  CREATE INDEX all_tasks_by_agent ON tasks (agent_id, created_at_ms, id, account_id);
  CREATE INDEX all_tasks_by_member ON tasks (member_id, created_at_ms, id, account_id);

  CREATE TABLE purchases (
    account_id text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    created_at_ms bigint NOT NULL,
    status text COLLATE "C" NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (account_id, id)
  );
  CREATE INDEX ordered_purchases ON purchases (created_at_ms, id, account_id) WHERE status = 'ordered';

  CREATE TABLE activity (
    account_id text COLLATE "C" NOT NULL,
    at_ms bigint NOT NULL,
    id text COLLATE "C" NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (account_id, at_ms, id)
  );

  CREATE TABLE keys (
    id text COLLATE "C" PRIMARY KEY,
    secret_hash text COLLATE "C" NOT NULL UNIQUE,
    body text NOT NULL
  );

  CREATE TABLE catalogs (
    version integer PRIMARY KEY,
    config text NOT NULL,
    created_at_ms bigint NOT NULL
  );

  CREATE TABLE clocks (
    id text COLLATE "C" PRIMARY KEY,
    now_ms bigint NOT NULL
  );

  CREATE TABLE secrets (
    name text COLLATE "C" PRIMARY KEY,
    value text NOT NULL
  );
  `,
  `
  -- The newest format of each stored body that was ever written here.
  CREATE TABLE stored_formats (
    noun text COLLATE "C" PRIMARY KEY,
    version integer NOT NULL
  );

  -- The first step was changed several times before the first release. What a database lacks that was made by an
  -- earlier wording of it is added here.
  CREATE SEQUENCE IF NOT EXISTS writers MAXVALUE 4194303 CYCLE;
  ALTER TABLE usage ADD COLUMN IF NOT EXISTS entry_seq bigint, ADD COLUMN IF NOT EXISTS entry text;
  CREATE UNIQUE INDEX IF NOT EXISTS usage_by_entry ON usage (account_id, entry_seq) WHERE entry_seq IS NOT NULL;
  ALTER TABLE accounts ADD COLUMN IF NOT EXISTS stamp bigint, ADD COLUMN IF NOT EXISTS pending_cells text;
  -- Stamps of writers begin at 2^40, so that none of these is ever given again.
  UPDATE accounts SET stamp = numbered.number, pending_cells = '[1,[]]'
    FROM (SELECT account_id, row_number() OVER () AS number FROM accounts) AS numbered
    WHERE accounts.account_id = numbered.account_id AND stamp IS NULL;
  ALTER TABLE accounts ALTER COLUMN stamp SET NOT NULL, ALTER COLUMN pending_cells SET NOT NULL,
    DROP COLUMN IF EXISTS revision;
  CREATE TABLE IF NOT EXISTS cell_additions (account_id text COLLATE "C", body text);
  INSERT INTO cells (account_id, day, metric, dimension, value, quantity)
    SELECT account_id, d, m, k, v, sum(q)::bigint
    FROM cell_additions CROSS JOIN LATERAL
      json_to_recordset(body::json) AS part (d integer, m text, k text, v text, q bigint)
    GROUP BY 1, 2, 3, 4, 5
    ON CONFLICT (account_id, metric, dimension, day, value) DO UPDATE
      SET quantity = (SELECT sum(part) FROM (VALUES (cells.quantity), (excluded.quantity)) AS parts (part));
  DROP TABLE cell_additions;
  `,
  `
  -- What was acknowledged and the tables could not take; see SetAside.
  CREATE TABLE set_aside (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id text COLLATE "C",
    noun text NOT NULL,
    reason text NOT NULL,
    body text NOT NULL,
    set_aside_at timestamptz NOT NULL DEFAULT clock_timestamp()
  );
  `,
  `
  -- 0 where it is not known yet: it is reckoned when the index is read.
  ALTER TABLE accounts ADD COLUMN clock_id text COLLATE "C" NOT NULL DEFAULT '$system',
    ADD COLUMN due_at_ms bigint NOT NULL DEFAULT 0;
  CREATE INDEX accounts_by_due ON accounts (clock_id, due_at_ms, account_id);

  CREATE TABLE leases (
    name text COLLATE "C" PRIMARY KEY,
    holder text NOT NULL,
    until timestamptz NOT NULL
  );
  `,
  `
  CREATE TABLE invoices (
    account_id text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    created_at_ms bigint NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (account_id, id)
  );
  CREATE INDEX account_invoices ON invoices (account_id, created_at_ms, id);

  CREATE TABLE charges (
    account_id text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    created_at_ms bigint NOT NULL,
    is_waiting boolean NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (account_id, id)
  );
  CREATE INDEX account_charges ON charges (account_id, created_at_ms, id);
  CREATE INDEX waiting_charges ON charges (created_at_ms, id, account_id) WHERE is_waiting;
  `,
  `
  -- Extensions of browsers are connected by pairings, and listed by account and member.
  CREATE TABLE pairings (
    id text COLLATE "C" PRIMARY KEY,
    device_code_hash text COLLATE "C" NOT NULL UNIQUE,
    user_code text COLLATE "C" NOT NULL UNIQUE,
    expires_at_ms bigint NOT NULL,
    revision integer NOT NULL,
    body text NOT NULL
  );
  CREATE INDEX pairings_by_end ON pairings (expires_at_ms);
  ALTER TABLE keys ADD COLUMN account_id text COLLATE "C", ADD COLUMN member_id text COLLATE "C";
  UPDATE keys SET account_id = body::json -> 1 ->> 'accountId', member_id = body::json -> 1 ->> 'memberId';
  CREATE INDEX keys_by_account ON keys (account_id, id);
  CREATE INDEX keys_by_member ON keys (account_id, member_id, id);
  `,
  `
  -- One row while a move into this database is under way, or was broken off: how far it is.
  CREATE TABLE moves (
    id integer PRIMARY KEY,
    body text NOT NULL
  );
  `,
  `
  -- Who changed keys, the catalog and money by hand; ids sort by time.
  CREATE TABLE audit (
    id text COLLATE "C" PRIMARY KEY,
    body text NOT NULL
  );
  `,
  `
  -- How far each table was brought to the newest formats; the key of the last row, or null where all rows were.
  CREATE TABLE sweeps (
    name text COLLATE "C" PRIMARY KEY,
    formats text NOT NULL,
    after text
  );
  `,
  `
  CREATE TABLE notices (
    account_id text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    created_at_ms bigint NOT NULL,
    due_at_ms bigint,
    is_dead boolean NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (account_id, id)
  );
  CREATE INDEX account_notices ON notices (account_id, created_at_ms, id);
  CREATE INDEX all_notices ON notices (created_at_ms, id, account_id);
  CREATE INDEX dead_notices ON notices (created_at_ms, id, account_id) WHERE is_dead;
  CREATE INDEX due_notices ON notices (due_at_ms, id, account_id) WHERE due_at_ms IS NOT NULL;

  CREATE TABLE webhook_endpoints (
    id text COLLATE "C" PRIMARY KEY,
    body text NOT NULL
  );
  `,
  `
  -- Whom an erasure erased is in "body" only while it is under way.
  CREATE TABLE erasures (
    id text COLLATE "C" PRIMARY KEY,
    request_hash text COLLATE "C" NOT NULL UNIQUE,
    is_done integer NOT NULL,
    body text NOT NULL
  );
  CREATE INDEX erasures_under_way ON erasures (id) WHERE is_done = 0;
  `,
  `
  -- Keys that ended are forgotten in the order in which they did.
  ALTER TABLE keys ADD COLUMN expires_at_ms bigint;
  UPDATE keys SET expires_at_ms = (body::json -> 1 ->> 'expiresAtMs')::bigint;
  CREATE INDEX keys_by_end ON keys (expires_at_ms, id) WHERE expires_at_ms IS NOT NULL;
  `,
  `
  -- What one member, or one hour, used of a day: the sums by every dimension in one body.
  CREATE TABLE day_parts (
    account_id text COLLATE "C" NOT NULL,
    part text COLLATE "C" NOT NULL,
    day integer NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (account_id, part, day)
  ) WITH (fillfactor = 80);
  -- Where nothing was used yet, there is nothing to bring into them.
  INSERT INTO sweeps (name, formats, after) SELECT 'uses_into_day_parts', '1', NULL WHERE NOT EXISTS (SELECT 1 FROM usage);
  `,
  `
  -- Nothing ever read it. Servers of the version before cannot write beside this one.
  ALTER TABLE accounts DROP COLUMN changed_at;
  `,
  `
  -- A row of more than 2 kB is made smaller whenever it is written. What seldom changes goes out of it first, as it is, and stays where it is;
  -- else what each use changes would be compressed with each use.
  ALTER TABLE accounts
    ALTER COLUMN profile SET STORAGE EXTERNAL, ALTER COLUMN rest SET STORAGE EXTERNAL,
    ALTER COLUMN wallet SET STORAGE MAIN, ALTER COLUMN usage SET STORAGE MAIN,
    ALTER COLUMN holds SET STORAGE MAIN, ALTER COLUMN pending_cells SET STORAGE MAIN;
  `,
];
