import type { Bench } from './bench.ts';
import { measureConsumeOverHttp } from './consume-over-http.ts';
import { withPostgres } from './with-postgres.ts';

export const bench: Bench = {
  name: 'consume-over-http-on-postgres',
  description:
    'durable consumes over HTTP at 64 connections, time-ordered keys, against the same HTTP stack answering a constant',
  target: 0.5,
  measure: () => withPostgres(async (server) => measureConsumeOverHttp(await server.freshUrl())),
};
