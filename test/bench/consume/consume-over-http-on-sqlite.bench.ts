import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import { withFolder } from '../support/with-folder.ts';
import { measureConsumeOverHttp } from './consume-over-http.ts';

export const bench: Bench = {
  name: 'consume-over-http-on-sqlite',
  description:
    'durable consumes over HTTP at 64 connections, with a member, a model and two tools and 1% refusals, against a constant answer over HTTP',
  target: 0.4,
  measure: () => withFolder((folder) => measureConsumeOverHttp(join(folder, 'server.db'))),
};
