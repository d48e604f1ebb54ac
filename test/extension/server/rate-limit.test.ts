// @vitest-environment node

import { describe, expect, it } from 'vitest';
import { isOutOfCreditsAnswer, parseRateLimit } from '../../../extension/src/core/server/rate-limit.ts';
import fc from '../../support/fast-check.ts';

const header = (name: string, value: string) => ({ name, value });

describe('parseRateLimit', () => {
  it.each([
    [
      'the form of the present draft',
      '"credits";r=0;t=60',
      [{ name: 'credits', remaining: 0, resetSeconds: 60 }],
    ],
    [
      'several policies',
      '"burst";r=100;t=1, "credits";r=0',
      [
        { name: 'burst', remaining: 100, resetSeconds: 1 },
        { name: 'credits', remaining: 0, resetSeconds: null },
      ],
    ],
    ['a partition key', '"a";r=1;t=2;pk=:dHJpYWw=:', [{ name: 'a', remaining: 1, resetSeconds: 2 }]],
    ['commas and semicolons in a name', '"a,b;c";r=5', [{ name: 'a,b;c', remaining: 5, resetSeconds: null }]],
    ['an escaped quote', '"a\\"b";r=5', [{ name: 'a"b', remaining: 5, resetSeconds: null }]],
    ['a token as name', 'default;r=3;t=9', [{ name: 'default', remaining: 3, resetSeconds: 9 }]],
    [
      'the dictionary of an earlier draft',
      'limit=10, remaining=0, reset=30',
      [{ name: '', remaining: 0, resetSeconds: 30 }],
    ],
  ])('F7: reads %s', (_what, value, standings) => {
    expect(parseRateLimit([header('RateLimit', value)])).toEqual(standings);
  });

  it.each(['RateLimit', 'X-RateLimit'])('F7: reads the older %s-Remaining', (prefix) => {
    const headers = [header(`${prefix}-Remaining`, '0'), header(`${prefix}-Reset`, '60')];
    expect(parseRateLimit(headers)).toEqual([{ name: '', remaining: 0, resetSeconds: 60 }]);
  });

  it('joins a field that was sent in several lines, whatever the case of its name', () => {
    const headers = [header('ratelimit', '"a";r=1'), header('RATELIMIT', '"b";r=0')];
    expect(parseRateLimit(headers).map(({ name }) => name)).toEqual(['a', 'b']);
  });

  it('looks at 4,096 characters and 32 members of a field at most, however many lines it has', () => {
    const lines = Array.from({ length: 10_000 }, (_line, index) =>
      header('RateLimit', `"credits";r=${index}`),
    );
    expect(parseRateLimit(lines)).toHaveLength(32);
    const long = header('RateLimit', `"${'x'.repeat(3000)}";r=1`);
    expect(parseRateLimit([long, long, long])).toHaveLength(1);
    expect(parseRateLimit([header('RateLimit', `"${'x'.repeat(5000)}";r=1`)])).toEqual([]);
  });

  it('leaves out what is not a count, and never throws', () => {
    expect(parseRateLimit([header('RateLimit', '"a";r=-1, "b";r=1.5, "c";r=x, "d"')])).toEqual([]);
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (value) => {
        expect(
          Array.isArray(parseRateLimit([header('RateLimit', value), header('RateLimit-Remaining', value)])),
        ).toBe(true);
      }),
    );
  });
});

describe('isOutOfCreditsAnswer', () => {
  it('C11: takes a 402, and a 429 that names a quota', () => {
    expect(isOutOfCreditsAnswer(402, [])).toBe(true);
    expect(isOutOfCreditsAnswer(429, [header('RateLimit', '"credits";r=50;t=60')])).toBe(true);
  });

  it('leaves alone what is a host’s own throttling, and every other answer', () => {
    expect(isOutOfCreditsAnswer(429, [header('Retry-After', '5')])).toBe(false);
    expect(isOutOfCreditsAnswer(200, [header('RateLimit', '"credits";r=0;t=60')])).toBe(false);
    expect(isOutOfCreditsAnswer(503, [])).toBe(false);
  });
});
