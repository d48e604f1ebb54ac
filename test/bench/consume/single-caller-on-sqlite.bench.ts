import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import { withFolder } from '../support/with-folder.ts';
import { measureSingleCaller } from './single-caller.ts';

export const bench: Bench = {
  name: 'single-caller-on-sqlite',
  description:
    'consumes over HTTP of one caller, one after another, against bare commits of one row with an fsync each',
  target: 0.5,
  measure: () => withFolder((folder) => measureSingleCaller(async (name) => join(folder, `${name}.db`))),
};
