import type { Client } from 'pg';
import { numberColumn, type Row } from '../../sql/columns.ts';
import { migrations } from '../migrations.ts';

/**
 * Makes the schema if it does not exist, and moves into it the tables that an earlier version made elsewhere, mostly in `public`.
 * It moves all of them or none, and never a table that UsageKit did not make. The caller holds the lock of migrations.
 */
export async function moveToSchema(client: Client, schema: string): Promise<void> {
  const { rows } = await client.query<Row>(
    `SELECT to_regnamespace($1) IS NOT NULL AS "isThere", to_regclass($1 || '.usagekit_schema') IS NOT NULL AS "isMade",
       (SELECT nspname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
        WHERE pg_class.oid = to_regclass('usagekit_schema')) AS "earlier"`,
    [schema],
  );
  const [{ isThere = false, isMade = false, earlier = null } = {}] = rows;
  if (isMade === true) return;
  const from = typeof earlier === 'string' && earlier !== schema ? earlier : null;
  const version =
    from === null ? 0 : await versionIn(client, `${client.escapeIdentifier(from)}.usagekit_schema`);
  const statements = isThere === true ? [] : [`CREATE SCHEMA ${client.escapeIdentifier(schema)}`];
  // A failed start in a host's database may have left the counting table, and nothing else.
  if (from !== null && version > 0) {
    for (const { kind, name } of madeThrough(version))
      statements.push(
        `ALTER ${kind} IF EXISTS ${client.escapeIdentifier(from)}.${name} SET SCHEMA ${client.escapeIdentifier(schema)}`,
      );
  }
  if (statements.length > 0) await client.query(`BEGIN; ${statements.join('; ')}; COMMIT`);
}

/** The last step that was made, 0 where none was. */
export async function versionIn(client: Client, table: string): Promise<number> {
  const { rows } = await client.query<Row>(`SELECT coalesce(max(version), 0) AS version FROM ${table}`);
  return numberColumn(rows[0] ?? {}, 'version');
}

interface Made {
  readonly kind: 'TABLE' | 'SEQUENCE';
  readonly name: string;
}

/** The tables of a database of that version. Tables that a later step makes only if missing may exist too. */
function madeThrough(version: number): Made[] {
  const made: Made[] = [{ kind: 'TABLE', name: 'usagekit_schema' }];
  for (const [index, migration] of migrations.entries()) {
    for (const [, kind, ifMissing, name] of migration.matchAll(
      /^ *CREATE (TABLE|SEQUENCE) (IF NOT EXISTS )?(\w+)/gm,
    )) {
      if (index >= version && ifMissing === undefined) continue;
      if (name !== undefined && !made.some((each) => each.name === name))
        made.push({ kind: kind === 'TABLE' ? 'TABLE' : 'SEQUENCE', name });
    }
  }
  return made;
}
