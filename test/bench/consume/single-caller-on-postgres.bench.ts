import type { Bench } from '../bench.ts';
import { withPostgres } from '../support/with-postgres.ts';
import { measureSingleCaller } from './single-caller.ts';

export const bench: Bench = {
  name: 'single-caller-on-postgres',
  description:
    'consumes over HTTP of one caller, one after another, against bare inserts of one row with a commit each',
  target: 0.5,
  measure: () => withPostgres((server) => measureSingleCaller(() => server.freshUrl())),
};
