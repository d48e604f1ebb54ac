import type { UsageHistory } from '@usagekit/server/contract';
import { MonthlyHistoryView } from '../../../src/components/usage-history/index.ts';
import { type Resource, resourceOf } from '../../../src/hooks/base/resource.ts';
import { months } from '../../fixtures/months.ts';
import { failed, type GalleryState, loading, notPermitted, stale } from '../../gallery-state.ts';

const shown = (state: string, resource: Resource<UsageHistory>): GalleryState => ({
  widget: 'MonthlyHistory',
  state,
  element: <MonthlyHistoryView resource={resource} />,
});

export const monthlyHistoryStates: GalleryState[] = [
  shown('ready', resourceOf(months)),
  shown('three metrics', resourceOf({ ...months, metrics: months.metrics.slice(0, 3) })),
  shown('stale', stale(months)),
  shown('loading', loading()),
  shown('error', failed()),
  shown('not permitted', notPermitted()),
];
