import type { AlertAmount } from '@usagekit/server/contract';
import type { ReactNode } from 'react';
import { UsageKitError } from '../../../src/client/usagekit-error.ts';
import { AlertsToLoad } from '../../../src/components/alert-editor/alert-dialog.tsx';
import { AlertContent } from '../../../src/components/alert-editor/index.ts';
import { Card } from '../../../src/components/parts/widget/card.tsx';
import { WidgetRoot } from '../../../src/components/parts/widget/widget-root.tsx';
import { useFormat } from '../../../src/format/use-format.ts';
import type { SubscriptionChangeFlow } from '../../../src/hooks/subscription/use-subscription-change.ts';
import { alertEditorMessages } from '../../../src/messages/limits/alert-editor.ts';
import { useMessages } from '../../../src/messages/use-messages.ts';
import { atRest } from '../../fixtures/change-flow.ts';
import * as fixtures from '../../fixtures/settings.ts';
import type { GalleryState } from '../../gallery-state.ts';
import { Typed } from '../../typed.tsx';

const meter = {
  metric: 'runs',
  label: 'Task runs',
  unit: { one: 'run', other: 'runs' },
  used: '612',
  included: '1000',
};
const command = { kind: 'alerts', metric: 'runs', amounts: ['500', '800', '950'] } as const;

interface Given {
  amounts?: AlertAmount[];
  email?: string | null;
  flow?: Partial<SubscriptionChangeFlow>;
}

/** What the dialog holds, on a card: a page can show one open dialog only. */
function OnCard({
  state,
  typed,
  children,
}: {
  state: string;
  typed?: string | undefined;
  children: ReactNode;
}) {
  const format = useFormat();
  const messages = useMessages('alertEditor', alertEditorMessages);
  const title = messages.open(meter.label);
  return (
    <WidgetRoot name="alert-editor" state={state} label={title}>
      <Card title={title} caption={messages.used(format.amount(meter.used, meter.unit).exact)}>
        <Typed className="uk-section" text={typed}>
          {children}
        </Typed>
      </Card>
    </WidgetRoot>
  );
}

function Alerts({ amounts = [], email = null, flow }: Given) {
  const format = useFormat();
  return (
    <OnCard state={flow?.status ?? 'idle'} typed={flow?.command && command.amounts.at(-1)}>
      <AlertContent
        meter={meter}
        amounts={amounts}
        email={email}
        flow={{ ...atRest, ...flow }}
        onClose={() => {}}
        format={format}
      />
    </OnCard>
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

const begun = { command: { ...command, amounts: [...command.amounts] }, change: fixtures.setting };
const refused = new UsageKitError({
  code: 'forbidden',
  message: 'Your role does not allow this',
  status: 403,
});
const email = 'billing@example.com';

export const alertEditorStates: GalleryState[] = [
  ...[false, true].map((hasFailed) => ({
    widget: 'AlertEditor',
    state: hasFailed ? 'error' : 'loading',
    element: (
      <OnCard state={hasFailed ? 'error' : 'loading'}>
        <AlertsToLoad hasFailed={hasFailed} onRetry={() => {}} />
      </OnCard>
    ),
  })),
  shown('changing', { amounts: set, email, flow: { ...begun, status: 'changing' } }),
  shown('no answer', { amounts: set, email, flow: { ...begun, status: 'unknown' } }),
  shown('not permitted', { amounts: set, email, flow: { ...begun, status: 'refused', error: refused } }),
  shown('none yet', {}),
  shown('set', { amounts: set, email }),
  shown('changed', { amounts: set, email, flow: { ...begun, status: 'changed' } }),
];
