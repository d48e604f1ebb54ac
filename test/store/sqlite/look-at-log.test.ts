import { expect, it } from 'vitest';
import { lookAtLog } from '../../../server/src/store/sqlite/journal/look-at-log.ts';

/** As SQLite answers while another connection writes the head of the log's index. */
const busy = { busy: 1n, log: -1n, checkpointed: -1n };

it('F21: looks again where a commit keeps the length of the log from being read, and never takes that for an empty one', () => {
  const answers = [busy, busy, { busy: 0n, log: 4_200n, checkpointed: 4_000n }];
  expect(lookAtLog(() => answers.shift())).toEqual({ all: 4_200, left: 200 });
  expect(answers).toEqual([]);
});

it('tells of none where it is kept from it again and again', () => {
  expect(lookAtLog(() => busy)).toEqual({ all: 0, left: 0 });
});
