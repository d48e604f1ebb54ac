'use client';
import type {
  Budget,
  CategoryShare,
  Meter as MeterOfUsage,
  MyMeter,
  Usage,
  WindowMeter,
} from '@usagekit/server/contract';
import { type ReactNode, useState } from 'react';
import { leaveOut } from '../../../derive/leave-out.ts';
import { isUsageEmpty } from '../../../derive/usage/is-usage-empty.ts';
import { currencyOf } from '../../../format/create-format.ts';
import { formatPeriod } from '../../../format/format-period.ts';
import { useFormat } from '../../../format/use-format.ts';
import { deriveResource, type Resource } from '../../../hooks/base/resource.ts';
import { commonMessages } from '../../../messages/common/common.ts';
import { usagePanelMessages } from '../../../messages/usage/usage-panel.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import { MeterContent } from '../../meter/meter-content.tsx';
import { BudgetLine } from '../../parts/bars/budget-line.tsx';
import { Card, Heading } from '../../parts/widget/card.tsx';
import type { PartsOf } from '../../parts/widget/optional-parts.ts';
import { type SkeletonLine, SkeletonLines } from '../../parts/widget/skeleton.tsx';
import type { WidgetProps } from '../../parts/widget/widget-root.tsx';
import { dotted } from '../../parts/words/dotted.ts';
import { unbroken } from '../../parts/words/unbroken.ts';
import { ResourceFrame } from '../../states/resource-frame.tsx';
import { StaleNote } from '../../states/stale-note.tsx';
import type { PanelExtras } from './panel-extras.tsx';
import { usageSentence } from './usage-sentence.ts';

/** A meter of the account, or one of a window of time or of the caller with what is said of it. */
export type ShownMeter =
  | (MeterOfUsage & { note?: undefined })
  | ((WindowMeter | MyMeter) & { included: string | null; note: string | undefined });

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

interface PanelContentProps extends UsagePanelViewProps {
  /** What only some accounts have. */
  extras: PanelExtras;
}

/** `UsagePanelView` without what makes it a widget. What only some accounts have is given, so that it may be loaded later. */
export function PanelContent(props: PanelContentProps) {
  const { resource, defaultShowMoney = false, headingLevel } = props;
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
        />
      )}
    </ResourceFrame>
  );
}

interface UsageCardsProps extends PanelContentProps {
  usage: Usage;
  stale: boolean;
  showMoney: boolean;
  onShowMoney: (show: boolean) => void;
}

function UsageCards(props: UsageCardsProps) {
  const { usage, stale, showMoney, onShowMoney, plan, trend, tools, uses, headingLevel = 2 } = props;
  const { Paused, MoneySwitch, Meters, Balance, Categories, TimeLimits, MyUsage, Empty } = props.extras;
  const messages = useMessages('usagePanel', usagePanelMessages);
  const common = useMessages('common', commonMessages);
  const { cycle, budget, planName, asOf, creditLabel } = usage;
  const left = leaveOut(usage, props.parts);
  const { categories, windows, myUsage } = left;
  const viewer = useFormat(cycle.timeZone, creditLabel);
  const format = viewer.inZone(cycle.timeZone);
  const currency = budget && currencyOf(budget.unit);
  // Credits are not money: a viewer who gets their amounts may read them without another step.
  const amounts = showMoney || currency === undefined;
  const period = formatPeriod(cycle.countedFrom ?? cycle.startsAt, cycle.endsAt, format);
  const caption = dotted(
    planName && messages.plan(planName),
    // A reader whose times are the account's would only wonder about the zone.
    format === viewer ? period : messages.period(period, cycle.timeZone),
    messages.resets(format.relativeDay(cycle.endsAt, asOf)),
  );
  const open = (of: PanelFigure, shown: ReactNode) => uses?.(of, usage, shown) ?? shown;
  const openAmount = amounts ? open : undefined;
  const side = (
    <>
      {stale ? (
        <StaleNote asOf={asOf} format={viewer} />
      ) : (
        <time className="uk-caption" dateTime={asOf} title={viewer.dateTime(asOf)}>
          {common.asOf(viewer.time(asOf))}
        </time>
      )}
      {currency && usage.moneyVisible && budget.used !== null && (
        <MoneySwitch {...{ currency, format }} checked={showMoney} onChange={onShowMoney} />
      )}
    </>
  );
  const groups = left.groups.filter(({ meters }) => meters.length > 0);
  const drawMeters = (meters: readonly ShownMeter[]) => (
    <div className="uk-meters">
      {meters.map((meter) => {
        const ofAccount = 'ownLimit' in meter && meter;
        return (
          <MeterContent
            key={meter.metric}
            extras={props.extras}
            meter={meter}
            asOf={asOf}
            timeZone={cycle.timeZone}
            note={meter.note}
            trend={ofAccount && trend?.(meter.metric)}
            tools={usage.canManage && ofAccount && tools?.(ofAccount)}
            open={(shown) => open(meter, shown)}
          />
        );
      })}
    </div>
  );
  return (
    <div className="uk-stack">
      {usage.paused && <Paused paused={usage.paused} canManage={usage.canManage} />}
      <Card title={messages.title} headingLevel={headingLevel} caption={caption} side={side}>
        {isUsageEmpty(usage) ? (
          <Empty />
        ) : budget ? (
          <p className="uk-text uk-usage-sentence">
            {unbroken(usageSentence(usage, budget, amounts, props.parts?.pace !== false, format, messages))}
          </p>
        ) : (
          <Meters usage={usage} locale={format.locale} />
        )}
        {left.budget && (
          <BudgetLine
            {...{ asOf, amounts, format }}
            extras={props.extras}
            budget={left.budget}
            open={openAmount}
          />
        )}
        {left.credits && budget && (amounts || !currencyOf(left.credits.unit)) && (
          <Balance credits={left.credits} format={format} line={dotted} />
        )}
        {categories.length > 0 && (
          <Categories
            headingLevel={headingLevel + 1}
            {...{ categories, format }}
            unit={budget?.unit ?? 'credits'}
            amounts={showMoney}
            open={openAmount}
          />
        )}
      </Card>
      {plan}
      {windows.length + groups.length > 0 && (
        <Card title={messages.meters} headingLevel={headingLevel}>
          {windows.length > 0 && (
            <TimeLimits
              {...{ windows, asOf, format, headingLevel, drawMeters }}
              resetsOn={messages.resetsOn}
            />
          )}
          {groups.map(({ id, label, meters }) => (
            <div key={id} className="uk-meter-group">
              {(label !== null || usage.groups.length > 1) && (
                <Heading level={headingLevel + 1} className="uk-group-title">
                  {label ?? messages.ungrouped}
                </Heading>
              )}
              {drawMeters(meters)}
            </div>
          ))}
        </Card>
      )}
      {myUsage.length > 0 && <MyUsage meters={myUsage} {...{ headingLevel, drawMeters }} />}
      {props.history?.(usage, amounts)}
      {props.drawer?.(usage)}
    </div>
  );
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
