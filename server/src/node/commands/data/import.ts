import { createReadStream, statSync } from 'node:fs';
import { apiBounds } from '../../../contract/api-bounds.ts';
import type { EventsAnswer, UsageEvent } from '../../../contract/events/events.ts';
import { paths } from '../../../contract/http/paths.ts';
import { isTimeZone } from '../../../domain/time/calendar.ts';
import { type Command, CommandError, type CommandInput, UsageError } from '../command.ts';
import { type Api, apiFlags, withApi } from '../open-api.ts';
import { createProgress, type Progress } from '../progress.ts';
import { readCsvRows } from './read-csv-rows.ts';
import { createRowReader, parseAssignments, RowError } from './row-to-event.ts';

/** Rows that are wrong are told one by one up to so many; the summary counts all of them. */
const rejectionsToldMax = 50;

interface Tally {
  rows: number;
  accepted: number;
  duplicates: number;
  rejected: number;
  unpriced: number;
  /** The first `rejectionsToldMax`. */
  rejections: { line: number; detail: string }[];
}

interface PlacedEvent {
  readonly line: number;
  readonly event: UsageEvent;
}

/**
 * `usagekit import FILE.csv`: reports each row as an event. A row's event id is derived from its content, so a second run, also
 * of a file with some new rows, adds only the new rows, and an interrupted run continues where it stopped.
 */
export const importCommand: Command = {
  name: 'import',
  operands: 'FILE.csv',
  summary: 'Reports the rows of a CSV file as usage events; safe to run again',
  flags: {
    account: 'Account of the usage',
    map: 'Column of each field, such as at=TIMESTAMP,inputTokens=ContextTokens,outputTokens=GeneratedTokens',
    set: 'Fields that are the same for all rows, such as model=swift-1,agentId=importer',
    'time-zone': 'Time zone of times without one; UTC by default',
    ...apiFlags,
  },
  json: {
    prints: 'one',
    of: ['rows', 'accepted', 'duplicates', 'rejected', 'unpriced', 'rejections'],
  },
  async run(input) {
    const { flags, operands, tell } = input;
    const [file] = operands;
    if (file === undefined) throw new UsageError('usagekit import FILE.csv');
    if (flags.account === undefined)
      throw new UsageError('--account: is missing; it names the account whose usage the rows are.');
    const timeZone = flags['time-zone'] ?? 'UTC';
    if (!isTimeZone(timeZone)) throw new UsageError(`--time-zone: '${timeZone}' is not an IANA time zone.`);
    const { size, isFolder } = sizeOf(file);
    if (isFolder) throw new UsageError(`'${file}' is a folder; the rows are read from one file.`);
    const tally: Tally = { rows: 0, accepted: 0, duplicates: 0, rejected: 0, unpriced: 0, rejections: [] };
    const progress = createProgress('Importing', size, input.isJson ? null : process.stderr);
    const accountId = flags.account;
    try {
      await withApi(input, (api) => importFile({ api, file, timeZone, accountId, input, tally, progress }));
    } finally {
      progress.end();
    }
    if (tally.rejected > rejectionsToldMax) tell(`... and ${tally.rejected - rejectionsToldMax} more.`);
    if (tally.unpriced > 0)
      tell(
        `${tally.unpriced} have no price in the catalog: they are counted, and charged once they have one.`,
      );
    input.answer(
      tally,
      `${tally.rows} rows: ${tally.accepted} added, ${tally.duplicates} there already, ${tally.rejected} rejected.`,
    );
    return tally.rejected === 0 ? 0 : 1;
  },
};

function sizeOf(file: string): { size: number; isFolder: boolean } {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw new CommandError('file_not_found', `'${file}' is not there.`);
  return { size: found.size, isFolder: found.isDirectory() };
}

interface Import {
  readonly api: Api;
  readonly file: string;
  readonly accountId: string;
  readonly timeZone: string;
  readonly input: CommandInput;
  readonly tally: Tally;
  readonly progress: Progress;
}

async function importFile({ api, file, accountId, timeZone, input, tally, progress }: Import): Promise<void> {
  const { flags, tell } = input;
  const columns = parseAssignments(flags.map ?? '', '--map');
  const toEvent = createRowReader({
    accountId,
    timeZone,
    columns,
    constants: parseAssignments(flags.set ?? '', '--set'),
    nowMs: Date.now(),
  });
  const reject = (line: number, detail: string) => {
    tally.rejected += 1;
    if (tally.rejected > rejectionsToldMax) return;
    tally.rejections.push({ line, detail });
    progress.clear();
    tell(`Line ${line}: ${detail}`);
  };
  let batch: PlacedEvent[] = [];
  const flush = async () => {
    if (batch.length === 0) return;
    const sent = batch;
    batch = [];
    const answer = await api.call<EventsAnswer>('POST', paths.events, {
      events: sent.map(({ event }) => event),
    });
    tally.accepted += answer.accepted;
    tally.duplicates += answer.duplicates;
    tally.unpriced += answer.unpriced?.length ?? 0;
    for (const { index, detail } of answer.rejected) reject(sent[index]?.line ?? 0, detail);
  };
  const stream = createReadStream(file);
  for await (const row of readCsvRows(stream, (head) => assertColumns(file, head, columns))) {
    tally.rows += 1;
    if ('problem' in row) {
      reject(row.line, row.problem);
      continue;
    }
    try {
      batch.push({ line: row.line, event: toEvent(row.cells) });
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      reject(row.line, error.message);
    }
    if (batch.length === apiBounds.eventsPerRequestMax) {
      await flush();
      progress.show(stream.bytesRead);
    }
  }
  await flush();
}

/** One word for a column that is not there, instead of one for every row. */
function assertColumns(
  file: string,
  head: readonly string[],
  columns: Readonly<Record<string, string>>,
): void {
  const missing = Object.values(columns).find((column) => !head.includes(column));
  if (missing !== undefined)
    throw new UsageError(`--map: ${file} has no column '${missing}'; it has ${head.join(', ')}.`);
}
