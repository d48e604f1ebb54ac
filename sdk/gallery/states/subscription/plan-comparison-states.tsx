import { UsageKitError } from '../../../src/client/usagekit-error.ts';
import { Card } from '../../../src/components/parts/widget/card.tsx';
import { WidgetRoot } from '../../../src/components/parts/widget/widget-root.tsx';
import {
  PlanChangeContent,
  PlanComparisonView,
  type PlanOffer,
} from '../../../src/components/plan-comparison/index.ts';
import { useFormat } from '../../../src/format/use-format.ts';
import { resourceOf } from '../../../src/hooks/base/resource.ts';
import type { SubscriptionChangeFlow } from '../../../src/hooks/subscription/use-subscription-change.ts';
import { planComparisonMessages } from '../../../src/messages/subscription/plan-comparison.ts';
import { useMessages } from '../../../src/messages/use-messages.ts';
import { atRest } from '../../fixtures/change-flow.ts';
import { waitingCharge } from '../../fixtures/invoices.ts';
import * as fixtures from '../../fixtures/plans.ts';
import { failed, type GalleryState, loading, notPermitted, stale } from '../../gallery-state.ts';

const widget = 'PlanComparison';

const shown = (state: string, data: PlanOffer): GalleryState => ({
  widget,
  state,
  element: <PlanComparisonView resource={resourceOf(data)} flow={atRest} />,
});

const comparisons: GalleryState[] = [
  shown('on a paid plan', fixtures.offer),
  shown('on the free plan', fixtures.offerOnFree),
  shown('a downgrade waits', fixtures.offerWithDowngrade),
  shown('a cancellation waits', fixtures.offerWithCancellation),
  shown('for a member', fixtures.offerForMember),
  shown('no plans', { ...fixtures.offer, plans: [] }),
  { widget, state: 'loading', element: <PlanComparisonView resource={loading()} /> },
  { widget, state: 'stale', element: <PlanComparisonView resource={stale(fixtures.offer)} flow={atRest} /> },
  { widget, state: 'error', element: <PlanComparisonView resource={failed()} /> },
  { widget, state: 'not permitted', element: <PlanComparisonView resource={notPermitted()} /> },
];

function flow(
  status: SubscriptionChangeFlow['status'],
  fields: Partial<SubscriptionChangeFlow> = {},
): SubscriptionChangeFlow {
  return {
    ...atRest,
    status,
    command: { kind: 'change_plan', planId: 'scale', interval: 'month' },
    change: fixtures.upgrade,
    ...fields,
  };
}

/** What the dialog holds, on a card: a page can show one open dialog only. */
function Change({ flow: shownFlow }: { flow: SubscriptionChangeFlow }) {
  const format = useFormat();
  const messages = useMessages('planComparison', planComparisonMessages);
  return (
    <WidgetRoot name="plan-change" state={shownFlow.status} label="Change to Scale">
      <Card title="Change to Scale">
        <div className="uk-section">
          <PlanChangeContent flow={shownFlow} planName="Scale" format={format} messages={messages} />
        </div>
      </Card>
    </WidgetRoot>
  );
}

const refused = new UsageKitError({ code: 'conflict', message: 'A payment is overdue', status: 409 });

const dearer = new UsageKitError({
  code: 'total_changed',
  message: 'The total is 61.33 USD now; 60 USD was expected',
  status: 409,
});

const otherPending = new UsageKitError({
  code: 'change_pending',
  message: 'A change is waiting for its payment',
  status: 409,
});

const changes: [string, SubscriptionChangeFlow][] = [
  ['preview on its way', flow('previewing', { change: undefined })],
  ['preview of an upgrade', flow('ready')],
  ['preview of an upgrade with tax', flow('ready', { change: fixtures.upgradeWithTax })],
  [
    'preview of an upgrade by invoice',
    flow('ready', { change: { ...fixtures.upgrade, dueNowBy: 'invoice' } }),
  ],
  ['preview of a downgrade', flow('ready', { change: fixtures.downgrade })],
  [
    'preview of a cancellation',
    flow('ready', { command: { kind: 'cancel' }, change: { ...fixtures.downgrade, next: null } }),
  ],
  ['costs more by the click', flow('ready', { error: dearer })],
  ['changing', flow('changing')],
  ['changed', flow('changed')],
  ['payment pending', flow('pending')],
  ['no answer', flow('unknown')],
  ['preview failed', flow('failed', { change: undefined })],
  ['change refused', flow('refused', { error: refused })],
  ['another change pending', flow('refused', { error: otherPending, payment: waitingCharge })],
];

export const planComparisonStates: GalleryState[] = [
  ...comparisons,
  ...changes.map(([state, each]) => ({ widget, state, element: <Change flow={each} /> })),
];
