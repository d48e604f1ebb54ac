import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { readCsvRows } from '../../../server/src/node/commands/data/read-csv-rows.ts';
import { createRowReader, parseAssignments } from '../../../server/src/node/commands/data/row-to-event.ts';
import { parseWallTime } from '../../../server/src/node/commands/data/wall-time.ts';

const iso = (text: string, timeZone = 'UTC') => {
  const atMs = parseWallTime(text, timeZone);
  return atMs === null ? null : new Date(atMs).toISOString();
};

describe('a local time', () => {
  it.each([
    ['2023-11-16 18:17:03.9799600', 'UTC', '2023-11-16T18:17:03.979Z'],
    ['2026-01-15 12:00', 'Europe/Berlin', '2026-01-15T11:00:00.000Z'],
    ['2026-07-15T12:00:00', 'Europe/Berlin', '2026-07-15T10:00:00.000Z'],
    ['2026-07-15', 'America/Los_Angeles', '2026-07-15T07:00:00.000Z'],
    ['2026-10-25 02:30:00', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['2026-03-29 03:30:00', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['2026-02-30 12:00:00', 'UTC', null],
    ['2026-01-15 25:00:00', 'UTC', null],
    ['yesterday', 'UTC', null],
  ])('%s in %s is %s', (text, timeZone, expected) => {
    expect(iso(text, timeZone)).toBe(expected);
  });
});

describe('rows of a CSV file', () => {
  const read = async (text: string) => {
    const rows = [];
    for await (const row of readCsvRows(Readable.from([text]))) rows.push(row);
    return rows;
  };

  it('are told with their lines, and one with another number of cells does not end the rest', async () => {
    expect(await read('a,b\n1,2\nonly\n"x, y",4\n\n5,6,7\n8,9\n')).toEqual([
      { line: 2, cells: { a: '1', b: '2' } },
      { line: 3, problem: 'has 1 cells where the head has 2' },
      { line: 4, cells: { a: 'x, y', b: '4' } },
      { line: 6, problem: 'has 3 cells where the head has 2' },
      { line: 7, cells: { a: '8', b: '9' } },
    ]);
  });

  it('F14: are told by the line of a quote that is not closed, and the rows after it are read', async () => {
    expect(await read('a,b\n1,2\n"open,3\n4,5\n6,5" pipe\n')).toEqual([
      { line: 3, problem: 'has a quote that is not closed' },
      { line: 2, cells: { a: '1', b: '2' } },
      { line: 4, cells: { a: '4', b: '5' } },
      { line: 5, cells: { a: '6', b: '5" pipe' } },
    ]);
    const closed = Array.from({ length: 5_000 }, (_, index) => `${index},"two ""words"" \non two lines"\n`);
    const rows = await read(`a,b\n1,"open\n${closed.join('')}`);
    expect(rows.filter((row) => 'cells' in row).length).toBeGreaterThan(4_990);
    expect(rows.at(-1)).toEqual({ line: 10_002, cells: { a: '4999', b: 'two "words" \non two lines' } });
  });

  it('F14: are told by their line where they are too long for anything', async () => {
    expect(await read(`a,b\n${'x'.repeat(300_000)},1\n1,2\n`)).toEqual([
      { line: 2, problem: 'is longer than 100000 characters' },
      { line: 3, cells: { a: '1', b: '2' } },
    ]);
  });

  it('may begin with a byte order mark and end lines as Windows does', async () => {
    expect(await read('\ufeffa,b\r\n1,2\r\n')).toEqual([{ line: 2, cells: { a: '1', b: '2' } }]);
  });
});

describe('an event of a row', () => {
  const reader = () =>
    createRowReader({
      accountId: 'acme',
      columns: parseAssignments('at=time,inputTokens=in,agentId=who', '--map'),
      constants: parseAssignments('model=swift-1', '--set'),
      timeZone: 'UTC',
      nowMs: Date.parse('2026-06-10T00:00:00Z'),
    });
  const row = (more: Record<string, string> = {}) => ({
    time: '2026-06-01 10:00:00',
    in: '5',
    who: 'bot',
    ...more,
  });

  it('has an id that follows from what the row says, and not from its place', () => {
    const first = reader();
    const second = reader();
    const event = first(row());
    second(row({ in: '6' }));
    expect(second(row())).toEqual(event);
    expect(event).toMatchObject({
      at: '2026-06-01T10:00:00.000Z',
      agentId: 'bot',
      items: [{ model: 'swift-1', inputTokens: 5 }],
    });
    expect(event).not.toHaveProperty('backfill');
  });

  it('F25: names every kind of use of a model, and how it was served', () => {
    const toEvent = createRowReader({
      accountId: 'acme',
      columns: parseAssignments(
        'at=time,cacheWriteHourTokens=hour,reasoningTokens=thought,seconds=length',
        '--map',
      ),
      constants: parseAssignments('model=anthropic/claude-sonnet-4.5,serviceTier=batch,images=2', '--set'),
      timeZone: 'UTC',
      nowMs: Date.parse('2026-06-02T00:00:00Z'),
    });
    const cells = { time: '2026-06-01 10:00:00', hour: '100', thought: '7', length: '2.5' };
    expect(toEvent(cells).items).toEqual([
      {
        model: 'anthropic/claude-sonnet-4.5',
        cacheWriteHourTokens: 100,
        reasoningTokens: 7,
        images: 2,
        seconds: '2.5',
        serviceTier: 'batch',
      },
    ]);
  });

  it('tells rows apart that say the same', () => {
    const toEvent = reader();
    const ids = [toEvent(row()).id, toEvent(row()).id, toEvent(row()).id];
    expect(new Set(ids).size).toBe(3);
  });

  it('is history where it is older than 35 days', () => {
    expect(reader()(row({ time: '2025-06-01 10:00:00' })).backfill).toBe(true);
  });

  it.each([
    [{ time: 'soon' }, "'soon' is no time"],
    [{ time: '' }, 'has no time'],
    [{ in: '-5' }, "inputTokens '-5' is no whole number"],
    [{ in: 'many' }, "inputTokens 'many' is no whole number"],
  ])('is refused for %o', (more, message) => {
    expect(() => reader()(row(more))).toThrow(message);
  });

  it('needs a mapping of fields that exist', () => {
    expect(() => parseAssignments('colour=red', '--set')).toThrow("--set: 'colour=red' is not field=value");
  });
});
