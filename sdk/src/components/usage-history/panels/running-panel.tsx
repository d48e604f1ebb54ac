'use client';
import { useForecast } from '../../../hooks/forecast/use-forecast.ts';
import { usePlan } from '../../../hooks/subscription/use-plan.ts';
import { AlertEditor, type AlertedMeter } from '../../alert-editor/alert-editor.tsx';
import { RunningPanelView, type RunningPanelViewProps } from './running-panel-view.tsx';

export interface RunningPanelProps
  extends Omit<RunningPanelViewProps, 'alerts' | 'included' | 'bell' | 'forecast'> {
  /** The meter whose alerts can be set; without it none are drawn. */
  meter: AlertedMeter | undefined;
  accountId?: string | undefined;
}

/**
 * As RunningPanelView, with the alerts that the account set and the bell that sets them. Reads the subscription through `usePlan`,
 * and the forecast through `useForecast`.
 */
export function RunningPanel({ meter, accountId, ...given }: RunningPanelProps) {
  const view = { ...given, forecast: useForecast({ accountId }).data };
  return meter ? (
    <AlertedPanel {...view} meter={meter} accountId={accountId} />
  ) : (
    <RunningPanelView {...view} alerts={[]} />
  );
}

interface AlertedPanelProps extends RunningPanelProps, Pick<RunningPanelViewProps, 'forecast'> {
  meter: AlertedMeter;
}

function AlertedPanel({ meter, accountId, ...view }: AlertedPanelProps) {
  const { data } = usePlan({ accountId });
  const alerts = data?.alerts.find(({ metric }) => metric === meter.metric)?.amounts ?? [];
  return (
    <RunningPanelView
      {...view}
      alerts={alerts}
      included={meter.included}
      bell={<AlertEditor meter={meter} accountId={accountId} />}
    />
  );
}
