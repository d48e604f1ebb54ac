'use client';
import { usePlan } from '../../../hooks/subscription/use-plan.ts';
import { AlertEditor, type AlertedMeter } from '../../alert-editor/alert-editor.tsx';
import { RunningPanelView, type RunningPanelViewProps } from './running-panel-view.tsx';

export interface RunningPanelProps extends Omit<RunningPanelViewProps, 'alerts' | 'included' | 'bell'> {
  /** The meter whose alerts can be set; without it none are drawn. */
  meter: AlertedMeter | undefined;
  accountId?: string | undefined;
}

/** As RunningPanelView, with the alerts that the account set and the bell that sets them. Reads the subscription through `usePlan`. */
export function RunningPanel({ meter, accountId, ...view }: RunningPanelProps) {
  return meter ? (
    <AlertedPanel {...view} meter={meter} accountId={accountId} />
  ) : (
    <RunningPanelView {...view} alerts={[]} />
  );
}

function AlertedPanel({ meter, accountId, ...view }: RunningPanelProps & { meter: AlertedMeter }) {
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
