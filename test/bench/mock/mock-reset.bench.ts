import type { Bench } from '../bench.ts';
import { measureReset } from './mock-costs.ts';

export const bench: Bench = {
  name: 'mock-reset',
  description: '5 ms, against the processor time of a reset between tests (mean)',
  target: 1,
  measure: measureReset,
};
