import { AppError } from '../../http/reply/problem.ts';
import { backendOnly, route } from '../../http/route.ts';

/** A copy of the whole database as it is at one moment, while others write. It holds what signs tokens: keep it as a key. */
export const getBackup = route('GET /v1/backup', {
  words: 'A copy of the whole database, as a SQLite file',
  callers: backendOnly,
  // To make a copy is dear, and a HEAD would throw it away.
  head: 'refused',
  answers: { 200: 'application/vnd.sqlite3' },
  audit: () => ({}),
  async handle({ services }) {
    if (services.copyDatabase === null)
      throw new AppError(
        'conflict',
        'This server cannot copy its database; for PostgreSQL run usagekit backup with --database-url, or pg_dump',
      );
    const { bytes, body } = await services.copyDatabase();
    const headers = { 'content-type': 'application/vnd.sqlite3', 'content-length': String(bytes) };
    return { status: 200, headers, body };
  },
});
