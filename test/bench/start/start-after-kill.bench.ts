import { join } from 'node:path';
import { fullJournalCharacters } from '../../../server/src/store/sqlite/journal/fold-schedule.ts';
import type { Bench } from '../bench.ts';
import { withFolder } from '../support/with-folder.ts';
import { accountInJournal, makeKilledFile } from './killed-file.ts';
import { startServing } from './served-start.ts';

const boundMs = 2_000;
const starts = 3;

export const bench: Bench = {
  name: 'start-after-kill',
  description:
    'two seconds, against the time in which a server listens on a file that was killed with as long a journal as there can be',
  target: 1,
  measure: () =>
    withFolder(async (folder) => {
      const killed = join(folder, 'killed.db');
      const debits = await makeKilledFile(join(folder, 'used.db'), killed, fullJournalCharacters);
      const empty = await startServing(join(folder, 'empty.db'), accountInJournal);
      // A killed process leaves the file as it found it, and what it folded in it.
      const begun = await startServing(killed, accountInJournal);
      const more = [];
      for (let start = 1; start < starts; start++) more.push(await startServing(killed, accountInJournal));
      return {
        ratio: boundMs / begun.listensMs,
        figures: {
          'characters of journal': fullJournalCharacters,
          'debits in it': debits,
          'listens on an empty file, milliseconds': empty.listensMs,
          'listens, milliseconds': begun.listensMs,
          'answers of an account, milliseconds': begun.answersMs,
          'listens after more kills, longest, milliseconds': Math.max(
            ...more.map(({ listensMs }) => listensMs),
          ),
        },
      };
    }),
};
