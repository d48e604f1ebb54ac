import type { Bench } from '../bench.ts';
import { withPostgres } from '../support/with-postgres.ts';
import { measureConsumeOverHttp } from './consume-over-http.ts';

export const bench: Bench = {
  name: 'consume-over-http-on-postgres',
  description:
    'durable consumes over HTTP at 64 connections, with a member, a model and two tools and 1% refusals, against a constant answer over HTTP',
  target: 0.3,
  measure: () => withPostgres(async (server) => measureConsumeOverHttp(await server.freshUrl())),
};
