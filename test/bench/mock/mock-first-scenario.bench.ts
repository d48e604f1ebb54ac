import type { Bench } from '../bench.ts';
import { measureFirstScenario } from './mock-costs.ts';

export const bench: Bench = {
  name: 'mock-first-scenario',
  description:
    '100 ms, against the processor time from the first mock of a process to its first answer, with the packed kit',
  target: 1,
  measure: measureFirstScenario,
};
