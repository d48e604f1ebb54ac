import { constants, existsSync } from 'node:fs';
import { access, chmod, copyFile, rm } from 'node:fs/promises';
import { databaseFiles } from '../../../store/sqlite/open/database-files.ts';
import { readConfig } from '../../config/config.ts';
import { type Command, CommandError, UsageError } from '../command.ts';
import { checkCopy } from './check-copy.ts';
import { putInPlace } from './put-in-place.ts';
import { writingTo } from './writing-to.ts';

/** `usagekit restore FILE`: puts a backup where the server looks for its database, once it has been read through. */
export const restoreCommand: Command = {
  name: 'restore',
  operands: 'FILE',
  summary: 'Checks a backup and copies it to the place of the database',
  flags: { database: 'SQLite file to create; it must not exist' },
  json: { prints: 'one', of: ['file', 'accounts'] },
  async run({ operands, flags, environment, answer }) {
    const [file] = operands;
    if (file === undefined) throw new UsageError('usagekit restore FILE');
    if (!existsSync(file)) throw new CommandError('file_not_found', `${file} is not there.`);
    const { databaseFile, databaseUrl } = readConfig(flags, environment);
    if (databaseUrl !== null)
      throw new UsageError(`Into PostgreSQL: usagekit move --database ${file} --to postgres://...`);
    const [database, log] = databaseFiles(databaseFile);
    for (const left of [database, log])
      if (existsSync(left))
        throw new CommandError('file_exists', `${left} exists; a restore never overwrites a file.`, {
          hint: 'Move it away first.',
        });
    const partial = `${databaseFile}.partial`;
    try {
      await rm(partial, { force: true });
      // What the system refuses from here on, it refuses of the new file.
      await access(file, constants.R_OK);
      await writingTo(databaseFile, async () => {
        await copyFile(file, partial, constants.COPYFILE_EXCL);
        await chmod(partial, 0o600);
      });
      const { accounts } = await checkCopy(partial, file);
      await writingTo(databaseFile, () => putInPlace(partial, databaseFile));
      answer(
        { file: databaseFile, accounts },
        `${databaseFile}: ${accounts} accounts, every balance the sum of its entries.`,
      );
    } finally {
      await rm(partial, { force: true });
    }
    return 0;
  },
};
