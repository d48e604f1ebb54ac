import type { SeriesDimension, SeriesQuery } from '../../../contract/usage/usage.ts';
import { seriesQuery, usageSeries } from '../../../contract/usage/usage-schemas.ts';
import { unknownMetric } from '../../../domain/catalog/metric-of.ts';
import { creditsMetric } from '../../../domain/usage/cells.ts';
import { countedFromMs } from '../../../domain/usage/cycles.ts';
import { showsBalance, showsUnit } from '../../access/amounts-in-view.ts';
import type { Viewer } from '../../access/viewer.ts';
import { type AccountReading, assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { parseInstant } from '../../http/instants.ts';
import { AppError, invalidParameter } from '../../http/reply/problem.ts';
import { readingReply } from '../../http/reply/reply.ts';
import { readers, route } from '../../http/route.ts';
import { readUsageSeries, type SeriesRequest } from '../../usage/usage-series.ts';

export const getUsageSeries = route('GET /v1/accounts/:accountId/usage/series', {
  words: 'One metric over time, in total or by one dimension',
  callers: readers,
  query: seriesQuery,
  answers: { 200: usageSeries },
  async handle({ services, params, query, caller }) {
    const { accountId } = params;
    const reading = await readAccount(services, accountId, caller);
    return readingReply(reading, await readUsageSeries(services, reading, seriesRequest(query, reading)));
  },
});

function seriesRequest(query: SeriesQuery, reading: AccountReading): SeriesRequest {
  const { metric, groupBy = null, interval = 'day' } = query;
  const { viewer, state, nowMs } = reading;
  assertMaySeeMetric(metric, reading);
  if (groupBy === 'model' && !viewer.modelNames)
    throw new AppError('forbidden', 'This viewer may not see model names; group by tier');
  const fromMs = query.from === undefined ? countedFromMs(state) : parseInstant(query.from);
  // An instant later than the present, so that what happens within this millisecond is in it.
  const toMs = query.to === undefined ? nowMs + 1 : parseInstant(query.to);
  if (toMs <= fromMs) throw invalidParameter('?to', 'lies before from', 'an instant after from');
  const memberId = whoseUse(query.memberId, viewer);
  return { metric, groupBy, interval, fromMs, toMs, memberId };
}

/**
 * The member whose use is read; null for everybody's.
 *
 * @throws AppError where another member is named than the one who may see only their own use
 */
export function whoseUse(named: string | undefined, { view, memberId }: Viewer): string | null {
  if (view.usageOf === 'all') return named ?? null;
  if (named !== undefined && named !== memberId)
    throw new AppError('forbidden', 'This viewer may see only their own use');
  return memberId;
}

/** @throws AppError where the dimension's values are not for this viewer */
export function assertMaySeeDimension(dimension: SeriesDimension, { modelNames }: Viewer): void {
  if (dimension === 'model' && !modelNames)
    throw new AppError('forbidden', 'Models are not named here; group by tier');
}

/** @throws AppError where the metric is unknown, or its figures are not for this viewer */
export function assertMaySeeMetric(metric: string, { catalog, viewer }: AccountReading): void {
  assertMaySee(viewer.view.usage === 'units');
  if (metric === creditsMetric) {
    assertMaySee(showsBalance(viewer, catalog.unit));
    return;
  }
  const known = catalog.metrics.get(metric);
  if (known === undefined) throw unknownMetric(catalog, metric, '?metric', [creditsMetric]);
  if (known.countsFrom === 'charges') assertMaySee(showsUnit(viewer, catalog.unit));
}
