import { expect, it } from 'vitest';
import { callerAddress } from '../../../server/src/node/server/http-server.ts';

it('takes the address that the outermost trusted proxy was called from, and no word of the caller', () => {
  expect(callerAddress('10.0.0.1', '1.1.1.1', 0)).toBe('10.0.0.1');
  expect(callerAddress('10.0.0.1', undefined, 1)).toBe('10.0.0.1');
  expect(callerAddress('10.0.0.1', '6.6.6.6, 2.2.2.2', 1)).toBe('2.2.2.2');
  expect(callerAddress('10.0.0.1', '6.6.6.6, 2.2.2.2, 10.0.0.2', 2)).toBe('2.2.2.2');
  expect(callerAddress('10.0.0.1', '2.2.2.2', 3)).toBe('2.2.2.2');
});
