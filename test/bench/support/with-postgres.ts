import { type PostgresServer, startPostgres } from '../../support/postgres-server.ts';

/** Runs with a durable PostgreSQL, which is gone afterwards. */
export async function withPostgres<Result>(
  run: (server: PostgresServer) => Promise<Result>,
): Promise<Result> {
  const server = await startPostgres({ durable: true });
  try {
    return await run(server);
  } finally {
    await server.stop();
  }
}
