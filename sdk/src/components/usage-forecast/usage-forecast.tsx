'use client';
import type { Forecast } from '@usagekit/server/contract';
import { resourceOf } from '../../hooks/base/resource.ts';
import { useForecast } from '../../hooks/forecast/use-forecast.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { UsageForecastView, type UsageForecastViewProps } from './usage-forecast-view.tsx';

export interface UsageForecastProps extends Omit<UsageForecastViewProps, 'resource'> {
  /** The forecast that the host already has; nothing is fetched then. */
  data?: Forecast | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * Where the cycle is heading. Renders a `section` with `data-widget="usage-forecast"`. Reads `data`, or
 * `GET /v1/accounts/{id}/forecast` through `useForecast`.
 */
export const UsageForecast = asWidget(function UsageForecast({
  data,
  accountId,
  ...view
}: UsageForecastProps) {
  return data ? (
    <UsageForecastView {...view} resource={resourceOf(data, isEmpty)} />
  ) : (
    <ConnectedUsageForecast {...view} accountId={accountId} />
  );
});

function ConnectedUsageForecast({ accountId, ...view }: Omit<UsageForecastProps, 'data'>) {
  return <UsageForecastView {...view} resource={useForecast({ accountId })} />;
}

const isEmpty = ({ figures }: Forecast) => figures.length === 0;
