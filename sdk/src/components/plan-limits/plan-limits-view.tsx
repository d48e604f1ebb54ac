'use client';
import type { PlanCapacity, Subscription } from '@usagekit/server/contract';
import type { Format } from '../../format/create-format.ts';
import { useFormat } from '../../format/use-format.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import type { Messages } from '../../messages/messages.ts';
import { planLimitsMessages } from '../../messages/subscription/plan-limits.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Icon } from '../parts/icons/icon.tsx';
import { warningIcon } from '../parts/icons/level-icons.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { Card } from '../parts/widget/card.tsx';
import { Notice } from '../parts/widget/notice.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import { Skeleton } from '../parts/widget/skeleton.tsx';
import type { WidgetProps } from '../parts/widget/widget-root.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { ResourceFrame } from '../states/resource-frame.tsx';
import { StaleNote } from '../states/stale-note.tsx';

export interface PlanLimitsViewProps extends WidgetProps {
  /** Parts to leave out, such as `{ warnings: false }`: PlanCard shows them too. */
  parts?: PartsOf<'PlanLimits'> | undefined;
  /** What is shown, with its state while it loads or fails. */
  resource: Resource<Pick<Subscription, 'capacities' | 'warnings' | 'timeZone' | 'asOf'>>;
}

/**
 * Limits of the plan that are not usage, such as machines at once or days of retention, and its standing warnings. Renders a
 * `section` with a list of terms. Reads locale and messages.
 */
export const PlanLimitsView = asWidget(function PlanLimitsView(props: PlanLimitsViewProps) {
  const { resource, parts, headingLevel = 2 } = props;
  const messages = useMessages('planLimits', planLimitsMessages);
  const format = useFormat(resource.data?.timeZone);
  return (
    <ResourceFrame
      name="plan-limits"
      what={messages.what}
      title={messages.title}
      resource={resource}
      headingLevel={headingLevel}
      skeleton={[1, 2, 3].map((line) => <Skeleton key={line} height={14} before={12} />)}
    >
      {({ capacities, warnings, asOf }) => (
        <Card
          title={messages.title}
          headingLevel={headingLevel}
          side={resource.status === 'stale' && <StaleNote asOf={asOf} format={format} />}
        >
          <div className="uk-plan-limits">
            {(parts?.warnings === false ? [] : warnings).map((warning) => (
              <Notice key={warning} tone="warning">
                <Icon drawing={warningIcon} />
                <div className="uk-notice-body">
                  <p className="uk-text" dir="auto">
                    {warning}
                  </p>
                </div>
              </Notice>
            ))}
            {parts?.capacities === false ? null : capacities.length > 0 ? (
              <dl className="uk-sum">
                {capacities.map((capacity) => (
                  <div key={capacity.id} className="uk-sum-line">
                    <dt className="uk-muted" dir="auto">
                      {capacity.label}
                    </dt>
                    <dd className="uk-figures">{writeCapacity(capacity, format, messages)}</dd>
                  </div>
                ))}
              </dl>
            ) : (
              <EmptyState title={messages.emptyTitle} detail={messages.emptyDetail} />
            )}
          </div>
        </Card>
      )}
    </ResourceFrame>
  );
});

function writeCapacity(
  { value, choices, unit }: PlanCapacity,
  format: Format,
  messages: Messages['planLimits'],
): string {
  if (choices !== null)
    return choices.length > 0
      ? new Intl.ListFormat(format.locale, { style: 'narrow' }).format(choices)
      : messages.none;
  if (value === null) return messages.unlimited;
  return unit ? format.amount(value, unit).exact : format.number(value);
}
