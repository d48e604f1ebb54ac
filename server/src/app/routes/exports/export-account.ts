import { exportDatasets } from '../../../contract/exports/exports.ts';
import { archiveQuery } from '../../../contract/exports/exports-schemas.ts';
import { readAccount } from '../../accounts/account-reader.ts';
import { commitDueOf } from '../../accounts/commit-due.ts';
import type { ArchivedFile } from '../../app-options.ts';
import { formatInstant } from '../../http/instants.ts';
import { AppError } from '../../http/reply/problem.ts';
import { backendOnly, route } from '../../http/route.ts';
import { datasets, type ExportSource, earliestMs, latestMs } from './datasets.ts';
import { exportStream } from './export-stream.ts';

/** All that is kept of an account, as one archive with a manifest. It is made as it is sent. */
export const exportAccount = route('GET /v1/accounts/:accountId/export', {
  words: 'All that is kept of an account, as one ZIP archive with a manifest',
  callers: backendOnly,
  // To read it all is dear, and a HEAD would throw it away.
  head: 'refused',
  query: archiveQuery,
  answers: { 200: 'application/zip' },
  audit: () => ({}),
  async handle({ services, params, query, caller }) {
    const { accountId } = params;
    const { format = 'jsonl' } = query;
    const { writeArchive } = services;
    if (writeArchive === null)
      throw new AppError('conflict', 'This server writes no archives: export its datasets one by one');
    const reading = await readAccount(services, accountId, caller);
    if (reading.due.entries.length > 0) await commitDueOf(services, accountId);
    const source: ExportSource = { services, reading, fromMs: earliestMs, toMs: latestMs };
    async function* files(): AsyncGenerator<ArchivedFile> {
      for (const name of exportDatasets)
        yield { name: `${name}.${format}`, ...exportStream(datasets[name], source, format) };
    }
    const body = writeArchive(files(), {
      format: 'usagekit-export',
      version: 1,
      accountId,
      madeAt: formatInstant(services.clock.systemMs),
      serverVersion: services.version,
    });
    const headers = {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="export-${accountId.replace(/[^\w.-]/g, '_')}.zip"`,
    };
    return { status: 200, headers, body };
  },
});
