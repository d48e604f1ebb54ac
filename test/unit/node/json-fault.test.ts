import { describe, expect, it } from 'vitest';
import { jsonFault } from '../../../server/src/node/catalog/json-fault.ts';
import fc from '../../support/fast-check.ts';

describe('the place where a text stops to be JSON', () => {
  it.each([
    ['{\n  "plans": [\n    {"id": tru}\n  ]\n}', 3, 12],
    ['{\n  "a": 1,\n}', 3, 1],
    ['{"a": 1\n "b": 2}', 2, 2],
    ["{'a': 1}", 1, 2],
    ['[1, 2', 1, 6],
    ['', 1, 1],
    ['{"a": "x\ty"}', 1, 9],
    ['{"a": "\\x"}', 1, 8],
    ['[01]', 1, 3],
    ['{} // an end', 1, 4],
  ])('of %j is line %i, column %i', (text, line, column) => {
    expect(jsonFault(text)).toEqual({ line, column });
  });

  it('is none where the platform reads the text, and some where it does not', () => {
    const isRead = (text: string) => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    const written = fc.tuple(
      fc.json({ maxDepth: 3 }),
      fc.nat(),
      fc.constantFrom('', ',', '}', '"', '\\', '1', '-', ' ', 'e', '\n'),
    );
    fc.assert(
      fc.property(written, ([json, place, put]) => {
        expect(jsonFault(json)).toBeUndefined();
        const at = place % (json.length + 1);
        for (const text of [
          json.slice(0, at) + put + json.slice(at),
          json.slice(0, at),
          json.slice(0, at) + json.slice(at + 1),
        ])
          expect([text, jsonFault(text) === undefined]).toEqual([text, isRead(text)]);
      }),
      { numRuns: 500 },
    );
  });
});
