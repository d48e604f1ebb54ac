import type { Bench } from '../bench.ts';
import { measureLaterScenarios } from './mock-costs.ts';

export const bench: Bench = {
  name: 'mock-later-scenarios',
  description:
    '20 ms, against the processor time from a further mock, of another scenario, to its first answer (mean)',
  target: 1,
  measure: measureLaterScenarios,
};
