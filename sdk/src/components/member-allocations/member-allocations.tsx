'use client';
import type { Usage } from '@usagekit/server/contract';
import { useState } from 'react';
import { type Resource, resourceOf } from '../../hooks/base/resource.ts';
import { type MembersResource, useMembers } from '../../hooks/members/use-members.ts';
import { useUsage } from '../../hooks/usage/use-usage.ts';
import { useUsageSeries } from '../../hooks/usage/use-usage-series.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { MemberAllocationsView, type MemberAllocationsViewProps } from './member-allocations-view.tsx';
import type { MemberShares, ShareableMetric } from './member-shares.ts';

export interface MemberAllocationsProps
  extends Omit<MemberAllocationsViewProps, 'resource' | 'onMetricChange' | 'allocate' | 'more'> {
  /** Members and shares that the host already has; nothing is fetched then, and nothing can be changed. */
  data?: MemberShares | undefined;
  /** The metric that is shown first; the first counter by default. */
  defaultMetric?: string | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * Each member's share of an allowance: seeing, setting, raising and clearing it, for one or several. Renders a `section` with
 * `data-widget="member-allocations"`. Reads `data`, or members, usage and its series by member; changes members' allocations.
 */
export const MemberAllocations = asWidget(function MemberAllocations({
  data,
  accountId,
  defaultMetric,
  ...view
}: MemberAllocationsProps) {
  return data ? (
    <MemberAllocationsView {...view} resource={resourceOf(data)} />
  ) : (
    <ConnectedMemberAllocations {...view} accountId={accountId} defaultMetric={defaultMetric} />
  );
});

function ConnectedMemberAllocations(props: Omit<MemberAllocationsProps, 'data'>) {
  const { accountId, defaultMetric, ...view } = props;
  const members = useMembers({ accountId });
  const usage = useUsage({ accountId });
  const metrics = countersOf(usage.data);
  const [chosen, setChosen] = useState(defaultMetric);
  const metric = metrics.find((each) => each.metric === chosen)?.metric ?? metrics[0]?.metric;
  const cycle = usage.data?.cycle;
  const from = cycle?.countedFrom ?? cycle?.startsAt;
  // Hooks cannot be left out; without a metric this is what the charts ask for anyway.
  const series = useUsageSeries(
    { metric: metric ?? 'credits', groupBy: 'member', ...(from !== undefined && { from }) },
    { accountId },
  );
  const used: MemberShares['used'] = {};
  const days: MemberShares['days'] = {};
  for (const { value, total, values } of series.data?.groups ?? []) {
    if (value === null) continue;
    used[value] = total;
    days[value] = values.map(Number);
  }
  const total = series.data?.total;
  return (
    <MemberAllocationsView
      {...view}
      resource={sharesOf(members, usage, { metrics, metric: metric ?? '', used, total, days })}
      onMetricChange={setChosen}
      allocate={metric === undefined ? undefined : (some, share) => members.allocate(some, metric, share)}
      more={members}
    />
  );
}

function countersOf(usage: Usage | undefined): ShareableMetric[] {
  const meters = usage?.groups.flatMap((group) => group.meters) ?? [];
  return meters
    .filter(({ kind }) => kind === 'counter')
    .map(({ metric, label, unit }) => ({ metric, label, unit }));
}

function sharesOf(
  members: MembersResource,
  usage: Resource<Usage>,
  shares: Omit<MemberShares, 'members' | 'asOf' | 'timeZone'>,
): Resource<MemberShares> {
  const parts = [members, usage];
  const of = (status: Resource<unknown>['status']) => parts.find((part) => part.status === status);
  const failed = of('not_permitted') ?? of('error');
  const refresh = async () => {
    await Promise.all(parts.map((part) => part.refresh()));
  };
  if (failed || !members.data || !usage.data) {
    const status = failed?.status ?? 'loading';
    return { status, data: undefined, error: failed?.error, asOf: undefined, refresh };
  }
  const old = of('stale');
  return {
    status: old ? 'stale' : 'ready',
    data: {
      ...shares,
      members: members.data.items,
      asOf: usage.data.asOf,
      timeZone: usage.data.cycle.timeZone,
    },
    error: old?.error,
    asOf: usage.data.asOf,
    refresh,
  };
}
