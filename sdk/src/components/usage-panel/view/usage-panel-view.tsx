'use client';
import type {
  Budget,
  CategoryShare,
  Meter as MeterOfUsage,
  MyMeter,
  Usage,
  WindowMeter,
} from '@usagekit/server/contract';
import { type ReactNode, Suspense, useState } from 'react';
import { leaveOut } from '../../../derive/leave-out.ts';
import { isUsageEmpty } from '../../../derive/usage/is-usage-empty.ts';
import { currencyOf, type Format } from '../../../format/create-format.ts';
import { formatPeriod } from '../../../format/format-period.ts';
import { useFormat } from '../../../format/use-format.ts';
import { deriveResource, type Resource } from '../../../hooks/base/resource.ts';
import { commonMessages } from '../../../messages/common.ts';
import type { Messages } from '../../../messages/messages.ts';
import { usagePanelMessages } from '../../../messages/usage-panel.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import { Meter } from '../../meter/meter.tsx';
import { BudgetBar } from '../../parts/bars/budget-bar.tsx';
import { Switch } from '../../parts/controls/switch.tsx';
import { lazyPart } from '../../parts/lazy-part.ts';
import { asWidget } from '../../parts/widget/as-widget.tsx';
import { Card, Heading, Section } from '../../parts/widget/card.tsx';
import type { PartsOf } from '../../parts/widget/optional-parts.ts';
import { Skeleton, type SkeletonLine, SkeletonLines } from '../../parts/widget/skeleton.tsx';
import type { WidgetProps } from '../../parts/widget/widget-root.tsx';
import { EmptyState } from '../../states/empty-state.tsx';
import { ResourceFrame } from '../../states/resource-frame.tsx';
import { StaleNote } from '../../states/stale-note.tsx';
import { CategoryList } from './category-list.tsx';
import { MyUsage } from './my-usage.tsx';
import { usageSentence } from './usage-sentence.ts';
import { windowGroup } from './window-group.ts';

// Only while work is paused.
const PauseNotice = lazyPart(() => import('./pause-notice.tsx'), 'PauseNotice');

/** Whose figure is shown: a meter of the account, of a window of time or of the caller, a category, or the budget. */
export type PanelFigure = MeterOfUsage | WindowMeter | MyMeter | CategoryShare | Budget;

export interface UsagePanelViewProps extends WidgetProps {
  /** Parts to leave out, such as `{ categories: false }`; `groups` are the meters, and charts go with `history={undefined}`. */
  parts?: PartsOf<'UsagePanel'> | undefined;
  /** What is shown, with its state while it loads or fails. */
  resource: Resource<Usage>;
  /** Whether money is shown at first, for viewers who may see it; false by default. */
  defaultShowMoney?: boolean | undefined;
  /** Stands between the budget and the meters; a PlanCard, say. */
  plan?: ReactNode;
  /** Shown next to a meter's figures: its months. */
  trend?: ((metric: string) => ReactNode) | undefined;
  /** Shown after a meter's name, for viewers who may set limits and alerts. */
  tools?: ((meter: MeterOfUsage) => ReactNode) | undefined;
  /** Wraps a figure of use, such as in a button that opens the uses behind it. */
  uses?: ((of: PanelFigure, usage: Usage, shown: ReactNode) => ReactNode) | undefined;
  /** Stands last; the charts. Given whether amounts of money are shown. */
  history?: ((usage: Usage, amounts: boolean) => ReactNode) | undefined;
  /** Stands apart from the cards: the drawer of the figure that is open. */
  drawer?: ((usage: Usage) => ReactNode) | undefined;
}

/**
 * An account's use in the present period, in this order: budget with its categories, plan, meters by group (limits by time first), my usage,
 * history. Renders a `section`. Reads locale and messages.
 */
export const UsagePanelView = asWidget(function UsagePanelView(props: UsagePanelViewProps) {
  const { resource, defaultShowMoney = false } = props;
  const { headingLevel = 2 } = props;
  const messages = useMessages('usagePanel', usagePanelMessages);
  const [showMoney, setShowMoney] = useState(defaultShowMoney);
  return (
    <ResourceFrame
      name="usage-panel"
      what={messages.what}
      title={messages.title}
      resource={resource}
      headingLevel={headingLevel}
      skeleton={usageSkeleton}
      stateOf={(usage) => (isUsageEmpty(usage) ? 'empty' : (usage.budget?.level ?? 'ready'))}
    >
      {(usage) => (
        <UsageCards
          {...props}
          usage={usage}
          stale={resource.status === 'stale'}
          showMoney={usage.moneyVisible && showMoney}
          onShowMoney={setShowMoney}
          headingLevel={headingLevel}
          messages={messages}
        />
      )}
    </ResourceFrame>
  );
});

interface UsageCardsProps
  extends Pick<UsagePanelViewProps, 'plan' | 'trend' | 'tools' | 'uses' | 'history' | 'drawer' | 'parts'> {
  usage: Usage;
  stale: boolean;
  showMoney: boolean;
  onShowMoney: (show: boolean) => void;
  headingLevel: number;
  messages: Messages['usagePanel'];
}

function UsageCards(props: UsageCardsProps) {
  const { stale, showMoney, onShowMoney, plan, trend, tools, uses, history, headingLevel, messages } = props;
  const common = useMessages('common', commonMessages);
  const usage = named(props.usage, messages);
  const { cycle, budget, planName, asOf, creditLabel } = usage;
  const left = leaveOut(usage, props.parts);
  const { categories, myUsage } = left;
  const viewer = useFormat(cycle.timeZone, creditLabel);
  const format = viewer.inZone(cycle.timeZone);
  // Credits are not money: a viewer who gets their amounts may read them without another step.
  const amounts = showMoney || (budget !== null && currencyOf(budget.unit) === undefined);
  const caption = [
    planName && messages.plan(planName),
    messages.period(formatPeriod(cycle.startsAt, cycle.endsAt, format), cycle.timeZone),
    messages.resets(format.relativeDay(cycle.endsAt, asOf)),
  ]
    .filter(Boolean)
    .join(' · ');
  const open = (of: PanelFigure, shown: ReactNode) => uses?.(of, usage, shown) ?? shown;
  const currency = budget && usage.moneyVisible && budget.used !== null ? currencyOf(budget.unit) : undefined;
  const side = (
    <>
      {stale ? (
        <StaleNote asOf={asOf} format={viewer} />
      ) : (
        <time className="uk-caption" dateTime={asOf} title={viewer.dateTime(asOf)}>
          {common.asOf(viewer.time(asOf))}
        </time>
      )}
      {currency && (
        <Switch checked={showMoney} onChange={onShowMoney}>
          {messages.showMoney(currencySymbol(format.locale, currency))}
        </Switch>
      )}
    </>
  );
  const meters = [windowGroup(left, format, messages), ...left.groups].filter(
    (group) => group.meters.length > 0,
  );
  return (
    <div className="uk-stack">
      {usage.paused && (
        <Suspense fallback={<Skeleton height={48} />}>
          <PauseNotice paused={usage.paused} canManage={usage.canManage} />
        </Suspense>
      )}
      <Card title={messages.title} headingLevel={headingLevel} caption={caption} side={side}>
        {isUsageEmpty(usage) ? (
          <EmptyState title={messages.emptyTitle} detail={messages.emptyDetail} />
        ) : (
          <p className="uk-text uk-usage-sentence">
            {usageSentence(usage, amounts, props.parts?.pace !== false, format, messages)}
          </p>
        )}
        {left.budget && (
          <BudgetBar
            budget={left.budget}
            timeZone={cycle.timeZone}
            asOf={asOf}
            amounts={amounts}
            format={format}
            open={amounts ? open : undefined}
          />
        )}
        {left.credits && budget && (
          <CreditsLine usage={usage} amounts={amounts} format={format} messages={messages} />
        )}
        {categories.length > 0 && (
          <Section title={messages.categories} headingLevel={headingLevel + 1}>
            <CategoryList
              categories={categories}
              unit={budget?.unit ?? 'credits'}
              amounts={showMoney}
              label={messages.categories}
              format={format}
              open={amounts ? open : undefined}
            />
          </Section>
        )}
      </Card>
      {plan}
      {meters.length > 0 && (
        <Card title={messages.meters} headingLevel={headingLevel}>
          {meters.map((group) => (
            <div key={group.id} className="uk-meter-group">
              {(meters.length > 1 || group.label) && (
                <Heading level={headingLevel + 1} className="uk-group-title">
                  {group.label}
                </Heading>
              )}
              <div className="uk-meters">
                {group.meters.map((meter) => (
                  <Meter
                    key={meter.metric}
                    meter={meter}
                    asOf={asOf}
                    timeZone={cycle.timeZone}
                    note={'note' in meter ? meter.note : undefined}
                    trend={trend?.(meter.metric)}
                    tools={usage.canManage && 'kind' in meter && 'ownLimit' in meter && tools?.(meter)}
                    open={(shown) => open(meter, shown)}
                  />
                ))}
              </div>
            </div>
          ))}
        </Card>
      )}
      {myUsage.length > 0 && (
        <Card title={messages.myUsage} headingLevel={headingLevel}>
          <MyUsage meters={myUsage} cycle={cycle} asOf={asOf} messages={messages} open={open} />
        </Card>
      )}
      {history?.(usage, amounts)}
      {props.drawer?.(usage)}
    </div>
  );
}

/** With names for what the catalog puts in no category and in no group. */
function named(usage: Usage, { uncategorized, ungrouped }: Messages['usagePanel']): Usage {
  const { categories, groups } = usage;
  return {
    ...usage,
    categories: categories.map((each) => ({ ...each, label: each.label ?? uncategorized })),
    groups: groups.map((each) => ({ ...each, label: each.label ?? (groups.length > 1 ? ungrouped : null) })),
  };
}

interface CreditsLineProps {
  usage: Usage;
  amounts: boolean;
  format: Format;
  messages: Messages['usagePanel'];
}

/** The prepaid balance, which contains the budget or pays beyond it. */
function CreditsLine({ usage: { credits }, amounts, format, messages }: CreditsLineProps) {
  if (!credits || Number(credits.available) + Number(credits.held) === 0) return null;
  if (currencyOf(credits.unit) && !amounts) return null;
  const parts = [messages.balance(format.amount(credits.available, credits.unit).text)];
  if (Number(credits.held) > 0)
    parts.push(messages.balanceHeld(format.amount(credits.held, credits.unit).text));
  return <p className="uk-caption uk-credits-line">{parts.join(' · ')}</p>;
}

function currencySymbol(locale: string, currency: string): string {
  const parts = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  }).formatToParts(0);
  return parts.find(({ type }) => type === 'currency')?.value ?? currency;
}

const usageSkeleton = (
  <SkeletonLines
    lines={[
      [12, 45, 2],
      [14, 70, 18],
      [10, 100, 36],
      [14, 20, 34],
      ...[60, 45, 70, 40, 55].map((width) => [14, width, 14] as const),
      [16, 25, 44],
      ...Array<SkeletonLine>(6).fill([36, 100, 22]),
    ]}
  />
);

/** This widget's props from one answer; used by its connected forms. */
export function usageResource(data: Usage): Resource<Usage> {
  return deriveResource({ data, error: undefined, isEmpty: isUsageEmpty });
}
