import { type ExportDataset, exportDatasets } from '../../../contract/exports/exports.ts';
import { exportQuery } from '../../../contract/exports/exports-schemas.ts';
import { readAccount } from '../../accounts/account-reader.ts';
import { commitDueOf } from '../../accounts/commit-due.ts';
import { parseInstant } from '../../http/instants.ts';
import { AppError } from '../../http/reply/problem.ts';
import { backendOnly, route } from '../../http/route.ts';
import { datasets, earliestMs, latestMs } from './datasets.ts';
import { exportStream } from './export-stream.ts';

const mediaTypes = {
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/jsonl; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
} as const;

/** One kind of an account's rows as CSV, JSON Lines or Parquet, streamed: the whole of it, however much there is. */
export const exportDataset = route('GET /v1/accounts/:accountId/export/:dataset', {
  words: "One kind of an account's rows as CSV, JSON Lines or Parquet, as many as there are",
  callers: backendOnly,
  query: exportQuery,
  answers: { 200: ['text/csv', 'application/jsonl', 'application/vnd.apache.parquet'] },
  async handle({ services, params, query, caller }) {
    const { accountId } = params;
    const name = datasetOf(params.dataset);
    const { format = 'csv' } = query;
    const reading = await readAccount(services, accountId, caller);
    // Due changes are committed to the ledger before the first page is read.
    if (reading.due.entries.length > 0) await commitDueOf(services, accountId);
    const { body } = exportStream(
      datasets[name],
      {
        services,
        reading,
        fromMs: query.from === undefined ? earliestMs : parseInstant(query.from),
        toMs: query.to === undefined ? latestMs : parseInstant(query.to),
      },
      format,
    );
    return {
      status: 200,
      headers: {
        'content-type': mediaTypes[format],
        'content-disposition': `attachment; filename="${name}.${format}"`,
      },
      body,
    };
  },
});

function datasetOf(text: string): ExportDataset {
  const name = exportDatasets.find((one) => one === text);
  if (name === undefined)
    throw new AppError(
      'not_found',
      `There is no export of '${text}'; there is one of ${exportDatasets.join(', ')}`,
    );
  return name;
}
