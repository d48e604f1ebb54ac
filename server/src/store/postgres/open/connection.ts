import type { ClientBase, ClientConfig } from 'pg';
import { StoreOpenError } from '../../store-open-error.ts';
import { schemaPattern } from './schema-pattern.ts';

/** Where the tables are. */
export interface PostgresPlace {
  /** `postgres://user:password@host:port/database`. */
  readonly url: string;
  /** Null where the address sets a `search_path` of its own, whose first schema has the tables then. */
  readonly schema: string | null;
}

/** A schema of its own, so that tables of the same names in a host's database are not in the way. */
export const schemaDefault = 'usagekit';

/**
 * The database and schema that an address names. A schema in the settings overrides the address's own `search_path`.
 * @throws StoreOpenError if the text is not a schema name.
 */
export function placeOf(url: string, schema: string | undefined): PostgresPlace {
  if (schema !== undefined && !schemaPattern.test(schema))
    throw new StoreOpenError('cannot_open', `'${schema}' is no name of a schema: ${schemaPattern.source}`);
  const isSetByUrl = URL.canParse(url) && /search_path/.test(new URL(url).searchParams.get('options') ?? '');
  return { url, schema: schema ?? (isSetByUrl ? null : schemaDefault) };
}

/** The parameters of each new connection. A pooler in between refuses none of them. */
export function connectionConfig(url: string): ClientConfig {
  return {
    connectionString: url,
    application_name: 'usagekit',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    pipeline: true,
  };
}

/** A row that is locked elsewhere is waited for so long: whatever is sent behind the statement waits with it. */
const lockPatienceMs = 200;

/** The settings of each connection, sent before its first statement. */
export async function prepareConnection(client: ClientBase, { schema }: PostgresPlace): Promise<void> {
  // A connection that breaks fails its query; without a listener it would end the process too.
  client.on('error', () => undefined);
  // Every statement of the store goes through an index, and every page of a list is read in the order of one. The
  // planner, which on young tables has no statistics yet, would else keep a plan that reads or sorts them whole.
  await client.query(`
    ${sessionSql(schema)}
    SET lock_timeout = ${lockPatienceMs};
    SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off;
    SET enable_sort = off; SET jit = off; SET plan_cache_mode = force_generic_plan`);
}

/** Bounds keep a stalled process from holding locks for longer than this. */
export function sessionSql(schema: string | null): string {
  return `
    SET statement_timeout = 30000; SET idle_in_transaction_session_timeout = 10000;
    ${schema === null ? '' : `SET search_path = "${schema}";`}`;
}
