'use client';
import type { BillingInterval } from '@usagekit/server/contract';
import { useState } from 'react';
import { leaveOut } from '../../derive/leave-out.ts';
import { useFormat } from '../../format/use-format.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import type { SubscriptionChangeFlow } from '../../hooks/subscription/use-subscription-change.ts';
import { planComparisonMessages } from '../../messages/subscription/plan-comparison.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Segments } from '../parts/controls/segments.tsx';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { Card } from '../parts/widget/card.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import { Skeleton } from '../parts/widget/skeleton.tsx';
import type { WidgetProps } from '../parts/widget/widget-root.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { ResourceFrame } from '../states/resource-frame.tsx';
import { StaleNote } from '../states/stale-note.tsx';
import { PlanChangeDialog } from './plan-change-dialog.tsx';
import type { PlanOffer } from './plan-offer.ts';
import { isPresentPlan, PlanOption } from './plan-option.tsx';

export interface PlanComparisonViewProps extends WidgetProps {
  /** Parts to leave out, such as `{ facts: false }`. */
  parts?: PartsOf<'PlanComparison'> | undefined;
  /** What is shown, with its state while it loads or fails. */
  resource: Resource<PlanOffer>;
  /** The change that a choice begins; without it nothing can be chosen. */
  flow?: SubscriptionChangeFlow | undefined;
}

/**
 * Plans side by side with the present one marked; a choice shows what it costs and when it takes effect before anything is
 * changed. Renders a `section` with a list. Reads locale and messages.
 */
export const PlanComparisonView = asWidget(function PlanComparisonView(props: PlanComparisonViewProps) {
  const { resource, flow, parts, headingLevel = 2 } = props;
  const messages = useMessages('planComparison', planComparisonMessages);
  return (
    <ResourceFrame
      name="plan-comparison"
      what={messages.what}
      title={messages.title}
      resource={resource}
      headingLevel={headingLevel}
      skeleton={<Skeleton height={280} before={12} />}
    >
      {(offer) => (
        <Comparison
          offer={offer}
          isStale={resource.status === 'stale'}
          flow={flow}
          parts={parts}
          headingLevel={headingLevel}
        />
      )}
    </ResourceFrame>
  );
});

interface ComparisonProps extends Pick<PlanComparisonViewProps, 'parts'> {
  offer: PlanOffer;
  isStale: boolean;
  flow: SubscriptionChangeFlow | undefined;
  headingLevel: number;
}

const intervals: readonly BillingInterval[] = ['month', 'year'];

function Comparison({ offer, isStale, flow, parts, headingLevel }: ComparisonProps) {
  const messages = useMessages('planComparison', planComparisonMessages);
  const { plans, creditLabel, subscription } = offer;
  const viewer = useFormat(subscription.timeZone, creditLabel);
  const format = viewer.inZone(subscription.timeZone);
  const [looked, setLooked] = useState<BillingInterval>();
  const offered = intervals.filter((each) => plans.some(({ price }) => price?.[each]));
  const interval = looked ?? subscription.interval ?? offered[0] ?? 'month';
  const present = plans.find((plan) => isPresentPlan(plan, subscription));
  const nextUp = plans.find(({ kind, rank }) => kind === 'paid' && rank > (present?.rank ?? -1));
  const { canManage } = subscription;
  const command = flow?.command;
  const chosen =
    command?.kind === 'change_plan' ? plans.find(({ id }) => id === command.planId)?.name : undefined;
  return (
    <Card
      title={messages.title}
      headingLevel={headingLevel}
      caption={!canManage && messages.othersMay}
      side={
        <>
          {isStale && <StaleNote asOf={subscription.asOf} format={viewer} />}
          {parts?.interval !== false && offered.length > 1 && (
            <Segments
              label={messages.interval}
              segments={offered.map((value) => ({ value, label: messages.intervals[value] }))}
              value={interval}
              onChange={setLooked}
            />
          )}
        </>
      }
    >
      {plans.length === 0 ? (
        <EmptyState title={messages.emptyTitle} detail={messages.emptyDetail} />
      ) : (
        <ul className="uk-list uk-plan-options">
          {plans.map((plan) => (
            <PlanOption
              key={plan.id}
              plan={leaveOut(plan, parts)}
              subscription={subscription}
              interval={interval}
              prices={plans.flatMap(({ price }) => price?.[interval] ?? [])}
              headingLevel={headingLevel}
              isNextUp={plan === nextUp}
              showsActions={parts?.actions !== false}
              onChange={flow && canManage ? (next) => void flow.open(next) : undefined}
              format={format}
              messages={messages}
            />
          ))}
        </ul>
      )}
      {flow && flow.status !== 'idle' && (
        <PlanChangeDialog
          flow={flow}
          planName={chosen ?? subscription.planName}
          labelOf={(metric) =>
            plans.flatMap(({ limits }) => limits).find((limit) => limit.metric === metric)?.label ?? metric
          }
          format={format}
          messages={messages}
        />
      )}
    </Card>
  );
}
