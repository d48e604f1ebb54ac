import { expect, it } from 'vitest';
import { requestHash } from '../../../server/src/app/http/request/request-hash.ts';
import { hash128 } from '../../../server/src/domain/ids/hash128.ts';
import fc from '../../support/fast-check.ts';

it('gives 32 hex digits, the same for the same text and another for another', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      expect(hash128(a)).toMatch(/^[0-9a-f]{32}$/);
      expect(hash128(a) === hash128(b)).toBe(a === b);
    }),
  );
});

it('tells twenty thousand requests apart that differ in one digit', () => {
  const hashes = new Set<string>();
  for (let index = 0; index < 20_000; index++)
    hashes.add(requestHash('POST', '/v1/consume', `{"n":${index}}`));
  expect(hashes.size).toBe(20_000);
});

it('tells method, path and body apart', () => {
  expect(requestHash('POST', '/a', 'b')).not.toBe(requestHash('POST', '/b', 'a'));
  expect(requestHash('POST', '/a', '')).not.toBe(requestHash('PATCH', '/a', ''));
});
