import type { AlertAmount } from '@usagekit/server/contract';
import { AlertContent } from '../../src/components/alert-editor/index.ts';
import { Card } from '../../src/components/parts/card.tsx';
import { WidgetRoot } from '../../src/components/parts/widget-root.tsx';
import { createFormat } from '../../src/format/create-format.ts';
import type { SubscriptionChangeFlow } from '../../src/hooks/subscription/use-subscription-change.ts';
import { atRest } from '../fixtures/change-flow.ts';
import * as fixtures from '../fixtures/settings.ts';
import type { GalleryState } from '../gallery-state.ts';

const meter = {
  metric: 'runs',
  label: 'Task runs',
  unit: { one: 'run', other: 'runs' },
  used: '612',
  included: '1000',
};
const command = { kind: 'alerts', metric: 'runs', amounts: ['500', '800'] } as const;

interface Given {
  amounts?: AlertAmount[];
  email?: string | null;
  flow?: Partial<SubscriptionChangeFlow>;
}

/** What the dialog holds, on a card: a page can show one open dialog only. */
function Alerts({ amounts = [], email = null, flow }: Given) {
  return (
    <WidgetRoot name="alert-editor" state={flow?.status ?? 'idle'} label="Alerts for Task runs">
      <Card title="Alerts for Task runs" caption="612 runs used so far in this cycle">
        <div className="uk-section">
          <AlertContent
            meter={meter}
            amounts={amounts}
            email={email}
            flow={{ ...atRest, ...flow }}
            onClose={() => {}}
            format={createFormat()}
          />
        </div>
      </Card>
    </WidgetRoot>
  );
}

const shown = (state: string, given: Given): GalleryState => ({
  widget: 'AlertEditor',
  state,
  element: <Alerts {...given} />,
});

const set: AlertAmount[] = [
  { amount: '500', told: true },
  { amount: '800', told: false },
];

export const alertEditorStates: GalleryState[] = [
  shown('none yet', {}),
  shown('set', { amounts: set, email: 'billing@example.com' }),
  shown('changed', {
    amounts: set,
    email: 'billing@example.com',
    flow: {
      status: 'changed',
      command: { ...command, amounts: [...command.amounts] },
      change: fixtures.setting,
    },
  }),
];
