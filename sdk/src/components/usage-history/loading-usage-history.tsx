import type { UsageSeries } from '@usagekit/server/contract';
import { deriveResource } from '../../hooks/base/resource.ts';
import { UsageHistoryView, type UsageHistoryViewProps } from './usage-history-view.tsx';

/**
 * Holds the place of the history while its code is on its way. Renders the same `section` with its
 * fields disabled, since a choice made in them would be lost. Reads nothing.
 */
export function LoadingUsageHistory(
  props: Pick<UsageHistoryViewProps, 'metrics' | 'dimensions' | 'headingLevel'>,
) {
  return (
    <UsageHistoryView
      {...props}
      choice={{ metric: props.metrics[0]?.id ?? '', compare: null, by: 'day', asTable: false }}
      onChoiceChange={undefined}
      resource={deriveResource<UsageSeries>({ data: undefined, error: undefined })}
    />
  );
}
