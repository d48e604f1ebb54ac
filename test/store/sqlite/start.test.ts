import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { StartReads } from './start-reads.ts';

const script = fileURLToPath(new URL('start-reads.ts', import.meta.url));

it('F21: reads no more of a file with many idle accounts at a start and in a turn of the scheduler than of one with few', () => {
  const printed = execFileSync(process.execPath, ['--conditions=source', script, '1000', '40000']);
  const [few, many] = JSON.parse(String(printed)) as [StartReads, StartReads];
  expect(many.fileBytes - few.fileBytes).toBeGreaterThan(20_000_000);
  // Some pages: an index has a level more.
  const somePages = 32 * 8_192;
  expect(many.start - few.start).toBeLessThan(somePages);
  expect(many.turns - few.turns).toBeLessThan(somePages);
  // What reads something of every account shows.
  expect(many.all - few.all).toBeGreaterThan(somePages);
});
