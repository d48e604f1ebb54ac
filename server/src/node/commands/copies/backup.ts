import { createWriteStream, existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { paths } from '../../../contract/http/paths.ts';
import { readConfig } from '../../config/config.ts';
import { copyRows, openRows } from '../../database/copy-rows.ts';
import { openExistingStore } from '../../database/open-store.ts';
import { type Command, CommandError, type CommandInput, UsageError } from '../command.ts';
import { apiFlags, withApi } from '../open-api.ts';
import { checkCopy } from './check-copy.ts';
import { putInPlace } from './put-in-place.ts';
import { writingTo } from './writing-to.ts';

/** `usagekit backup FILE`: a copy of the whole database, made while the server serves, and read through afterwards. */
export const backupCommand: Command = {
  name: 'backup',
  operands: 'FILE',
  summary: 'Writes a copy of the database, also while the server runs, and checks the copy',
  flags: apiFlags,
  json: { prints: 'one', of: ['file', 'accounts'] },
  async run(input) {
    const [file] = input.operands;
    if (file === undefined) throw new UsageError('usagekit backup FILE');
    if (existsSync(file))
      throw new CommandError('file_exists', `${file} exists already; a backup never overwrites a file.`);
    const partial = `${file}.partial`;
    try {
      await rm(partial, { force: true });
      await writingTo(file, () =>
        input.flags.server === undefined ? copyHere(input, partial) : copyFromServer(input, partial),
      );
      const { accounts } = await checkCopy(partial, file);
      await writingTo(file, () => putInPlace(partial, file));
      input.answer(
        { file, accounts },
        `${file}: ${accounts} accounts, every balance the sum of its entries. It holds what tokens are signed with: keep it as a key.`,
      );
    } finally {
      await rm(partial, { force: true });
    }
    return 0;
  },
};

async function copyHere({ flags, environment }: CommandInput, file: string): Promise<void> {
  const config = readConfig(flags, environment);
  if (config.databaseUrl !== null) {
    await copyPostgres({ url: config.databaseUrl, schema: config.databaseSchema }, file);
    return;
  }
  const store = await openExistingStore(config);
  try {
    await store.copyTo?.(file);
  } finally {
    await store.close();
  }
}

/** As it is at one moment, in the form of a SQLite file, which `usagekit move` takes back. */
async function copyPostgres(
  place: { readonly url: string; readonly schema: string | null },
  file: string,
): Promise<void> {
  const source = await openRows(place, 'snapshot');
  try {
    const target = await openRows({ file }, 'at_rest');
    try {
      await copyRows(source, target);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function copyFromServer(input: CommandInput, file: string): Promise<void> {
  await withApi(input, async (api) => {
    const response = await api.download(paths.backup);
    if (response.body === null) throw new CommandError('interrupted', 'The server sent no copy.');
    const body = Readable.fromWeb(response.body as NodeReadableStream<Uint8Array>);
    const target = createWriteStream(file, { flags: 'wx', mode: 0o600 });
    await pipeline(body, target).catch((cause: unknown) => {
      // Where nothing of the system's is wrong with the file, the server or the way to it has ended.
      const isOfFile = cause instanceof Error && 'syscall' in cause && cause.syscall !== 'read';
      if (isOfFile) throw cause;
      throw new CommandError('interrupted', 'The copy was interrupted and was discarded.', { cause });
    });
    const expected = response.headers.get('content-length');
    if (expected !== null && Number(expected) !== target.bytesWritten)
      throw new CommandError(
        'interrupted',
        `The copy has ${target.bytesWritten} of ${expected} bytes and was discarded.`,
      );
  });
}
