import { existsSync } from 'node:fs';
import type { MovableDatabase } from '../../../store/move/movable-database.ts';
import { MoveError } from '../../../store/move/move-database.ts';
import { readConfig } from '../../config/config.ts';
import { copyRows, openRows } from '../../database/copy-rows.ts';
import { openStore } from '../../database/open-store.ts';
import { type Command, CommandError, UsageError } from '../command.ts';
import { apiFlags } from '../open-api.ts';
import { checkBalances } from './check-copy.ts';

const postgresPattern = /^postgres(ql)?:\/\//;

/** `usagekit move --to ADDRESS`: everything from one database to another, from SQLite to PostgreSQL or back. */
export const moveCommand: Command = {
  name: 'move',
  operands: '',
  summary: 'Moves everything to another, empty database; continues where an interrupted move stopped',
  flags: {
    to: 'postgres://..., or a SQLite file to create',
    database: 'SQLite file to move from, which no server has open',
    'database-url': 'PostgreSQL to move from instead of the file; no server may use it',
    'database-schema': apiFlags['database-schema'],
  },
  json: { prints: 'one', of: ['accounts'] },
  async run({ flags, environment, answer, tell }) {
    const { to } = flags;
    if (to === undefined)
      throw new UsageError('--to: is missing; it takes postgres://... or a SQLite file to create.');
    // The settings of a server's database name the source; DATABASE_URL mostly names the target.
    const { databaseFile, databaseUrl, databaseSchema } = readConfig(
      { ...flags, to: undefined },
      environmentFor(flags, environment),
    );
    if (databaseUrl === null && !existsSync(databaseFile))
      throw new CommandError(
        'file_not_found',
        `${databaseFile} is not there; --database names the file to move from.`,
      );
    if (to === (databaseUrl ?? databaseFile)) throw new UsageError('--to: it is the database itself.');
    const opened: MovableDatabase[] = [];
    try {
      const source = await openRows(rowsAt(databaseUrl ?? databaseFile, databaseSchema), 'at_rest');
      opened.push(source);
      const target = await openRows(rowsAt(to, databaseSchema), 'at_rest');
      opened.push(target);
      await copyRows(source, target, (table, rows) => tell(`${table}: ${rows} rows`));
    } catch (error) {
      throw error instanceof MoveError
        ? new CommandError('move_refused', error.message, { cause: error })
        : error;
    } finally {
      for (const database of opened) await database.close();
    }
    const store = await openStore(
      postgresPattern.test(to) ? { databaseUrl: to, databaseSchema } : { databaseFile: to },
    );
    try {
      const { accounts } = await checkBalances(
        store,
        postgresPattern.test(to) ? 'The PostgreSQL database' : to,
      );
      answer(
        { accounts },
        `${accounts} accounts moved; both databases hold the same, and every balance is the sum of its entries.`,
      );
    } finally {
      await store.close();
    }
    return 0;
  },
};

function rowsAt(place: string, schema: string | null): Parameters<typeof openRows>[0] {
  return postgresPattern.test(place) ? { url: place, schema } : { file: place };
}

/** A named file is the source, whatever the platform's variable names. */
function environmentFor(
  flags: { database?: string | undefined },
  environment: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  return flags.database === undefined
    ? environment
    : { ...environment, DATABASE_URL: undefined, USAGEKIT_DATABASE_URL: undefined };
}
