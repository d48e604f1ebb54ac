import { MeterTrend } from '../../../src/components/meter/meter-trend.tsx';
import { Button } from '../../../src/components/parts/controls/button.tsx';
import { Icon } from '../../../src/components/parts/icons/icon.tsx';
import { bellIcon, gearIcon } from '../../../src/components/parts/icons/tool-icons.ts';
import { UsagePanelView, usageResource } from '../../../src/components/usage-panel/view/usage-panel-view.tsx';
import { months } from '../../fixtures/months.ts';
import * as fixtures from '../../fixtures/usage.ts';
import { failed, type GalleryState, loading, notPermitted, stale } from '../../gallery-state.ts';

const widget = 'UsagePanel';

/** The buttons of LimitEditor and AlertEditor, which need a server beyond them. */
function ToolsOnly() {
  return (
    <span className="uk-meter-tools">
      {Object.entries({ Limit: gearIcon, Alerts: bellIcon }).map(([label, drawing]) => (
        <span key={label} className="uk-meter-tool">
          <Button kind="quiet" className="uk-button-icon uk-button-small" aria-label={label}>
            <Icon drawing={drawing} />
          </Button>
        </span>
      ))}
    </span>
  );
}

const shown = (state: string, data: (typeof fixtures)['usage'], showMoney = false): GalleryState => ({
  widget,
  state,
  element: <UsagePanelView resource={usageResource(data)} defaultShowMoney={showMoney} />,
});

export const usagePanelStates: GalleryState[] = [
  shown('ready', fixtures.usage),
  {
    widget,
    state: 'with six months',
    element: (
      <UsagePanelView
        resource={usageResource(fixtures.usage)}
        trend={(metric) => <MeterTrend history={months} metric={metric} />}
      />
    ),
  },
  {
    widget,
    state: 'with limits and alerts to set',
    element: (
      <UsagePanelView resource={usageResource(fixtures.usageWithOwnLimit)} tools={() => <ToolsOnly />} />
    ),
  },
  shown('AI paused', fixtures.pausedUsage),
  shown('AI paused, for a member', { ...fixtures.pausedUsage, canManage: false }),
  shown('with money', fixtures.usage, true),
  shown('in credits', fixtures.creditUsage),
  shown('with limits by time', fixtures.windowedUsage),
  shown('percentages only', fixtures.memberUsage),
  shown('from 80%', fixtures.usageAt(80, 'warning')),
  shown('from 90%', fixtures.usageAt(90, 'high')),
  shown('at 100%', fixtures.usageAt(100, 'over')),
  shown('over', fixtures.overUsage, true),
  shown('empty', fixtures.emptyUsage),
  { widget, state: 'loading', element: <UsagePanelView resource={loading()} /> },
  { widget, state: 'stale', element: <UsagePanelView resource={stale(fixtures.usage)} /> },
  { widget, state: 'error', element: <UsagePanelView resource={failed()} /> },
  { widget, state: 'not permitted', element: <UsagePanelView resource={notPermitted()} /> },
];
