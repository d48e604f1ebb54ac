import fc from '../../support/fast-check.ts';
import { differencesOf, subscriptions } from '../../unit/domain/reference-model/twenty-years.ts';

/*
 * Many subscriptions over twenty years each, against the bookkeeper's sums:
 * `npx node --conditions=source test/bench/drills/twenty-years.ts 2000`.
 */

const numRuns = Number(process.argv[2] ?? 2_000);
const startedAt = performance.now();
fc.assert(
  fc.property(subscriptions, (subscription) => {
    const differences = differencesOf(subscription);
    if (differences.length > 0) throw new Error(differences.join('; '));
  }),
  { numRuns },
);
const seconds = (performance.now() - startedAt) / 1_000;
process.stdout.write(`${numRuns} subscriptions of twenty years add up, in ${seconds.toFixed(1)} s.\n`);
