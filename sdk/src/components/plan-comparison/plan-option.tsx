'use client';
import type { BillingInterval, Money, PlanView, Subscription } from '@usagekit/server/contract';
import type { AccountCommand } from '../../client/subscription/subscription-changes.ts';
import type { Format } from '../../format/create-format.ts';
import { writePrice } from '../../format/write-price.ts';
import type { Messages } from '../../messages/messages.ts';
import { unitWord } from '../meter/unit-word.ts';
import { Button } from '../parts/controls/button.tsx';
import { Icon } from '../parts/icons/icon.tsx';
import { checkIcon, clockIcon } from '../parts/icons/state-icons.ts';
import { usePartClass } from '../parts/widget/as-widget.tsx';
import { Heading } from '../parts/widget/card.tsx';
import { StatusPill } from '../parts/words/status-pill.tsx';
import { unbroken } from '../parts/words/unbroken.ts';
import { writeOverage } from './write-overage.ts';

export interface PlanOptionProps {
  plan: PlanView;
  subscription: Subscription;
  /** Interval whose price is shown where the plan has one for it. */
  interval: BillingInterval;
  /** Of the plans that stand next to each other. */
  prices: readonly Money[];
  headingLevel: number;
  /** Whether it is the one that stands out. */
  isNextUp: boolean;
  showsActions: boolean;
  /** Begins a change; without it there are no buttons. */
  onChange: ((command: AccountCommand) => void) | undefined;
  format: Format;
  messages: Messages['planComparison'];
}

/** One plan among the others: price, allowances, prices beyond them, and the way to it. Renders an `li`. */
export function PlanOption(props: PlanOptionProps) {
  const { plan, subscription, headingLevel, format, messages } = props;
  const { scheduled, asOf } = subscription;
  const isPresent = isPresentPlan(plan, subscription);
  const isScheduled = scheduled?.planId === plan.id && !isPresent;
  return (
    <li className="uk-plan-option" data-present={isPresent || undefined}>
      <div className="uk-plan-option-head">
        <Heading level={headingLevel + 1} className="uk-plan-option-name">
          {plan.name}
        </Heading>
        {isPresent && (
          <StatusPill tone="info" icon={checkIcon}>
            {messages.present}
          </StatusPill>
        )}
        {isScheduled && (
          <StatusPill tone="neutral" icon={clockIcon}>
            {messages.scheduled(format.date(scheduled.at, asOf))}
          </StatusPill>
        )}
      </div>
      <OptionPrice {...props} />
      {isPresent && scheduled?.kind === 'cancel' && (
        <p className="uk-caption">{unbroken(messages.endsOn(format.date(scheduled.at, asOf)))}</p>
      )}
      {props.showsActions && <OptionActions {...props} isPresent={isPresent} />}
      <OptionContents plan={plan} format={format} messages={messages} />
    </li>
  );
}

/** Whether the account is on the plan; one that has ended can be chosen again. */
export function isPresentPlan({ id }: Pick<PlanView, 'id'>, { planId, status }: Subscription): boolean {
  return id === planId && status !== 'cancelled';
}

/** The interval in which a plan is had: the one that is looked at, or the only one that it has a price for. */
function intervalOf({ price }: PlanView, interval: BillingInterval): BillingInterval | undefined {
  if (!price || (!price.month && !price.year)) return undefined;
  if (price[interval]) return interval;
  return price.month ? 'month' : 'year';
}

interface OptionPartProps extends Pick<PlanOptionProps, 'plan' | 'format' | 'messages'> {}

function OptionPrice({ plan, interval, prices, format, messages }: PlanOptionProps) {
  const charged = intervalOf(plan, interval);
  const price = charged && plan.price?.[charged];
  if (!price) {
    const words = plan.kind === 'free' ? messages.free : plan.kind === 'enterprise' && messages.quoted;
    return words ? <p className="uk-plan-option-price">{words}</p> : null;
  }
  return (
    <div className="uk-run">
      <p className="uk-plan-option-price">
        <bdi className="uk-plan-option-figure">{writePrice(price, format, prices)}</bdi>{' '}
        <span className="uk-muted">{messages.perInterval[charged]}</span>
      </p>
      {charged !== interval && <p className="uk-caption">{messages.onlyBy[charged]}</p>}
    </div>
  );
}

interface OptionActionsProps extends PlanOptionProps {
  isPresent: boolean;
}

/** The way to the plan, or out of it. */
function OptionActions(props: OptionActionsProps) {
  const { plan, subscription, interval, isNextUp, onChange, isPresent, messages } = props;
  const partClass = usePartClass();
  const { scheduled } = subscription;
  if (plan.kind === 'enterprise' && !isPresent) {
    return plan.contact === null ? null : (
      <div className={partClass('actions')}>
        <Button href={plan.contact}>{messages.contact}</Button>
      </div>
    );
  }
  if (!onChange) return null;
  const charged = intervalOf(plan, interval);
  if (!isPresent) {
    const isScheduled = scheduled?.planId === plan.id && scheduled.kind === 'change';
    if (isScheduled && (charged === undefined || scheduled.interval === charged)) return null;
    return (
      <div className={partClass('actions')}>
        <Button
          kind={isNextUp ? 'primary' : 'plain'}
          onClick={() =>
            onChange({ kind: 'change_plan', planId: plan.id, ...(charged && { interval: charged }) })
          }
        >
          {messages.choose(plan.name)}
        </Button>
      </div>
    );
  }
  const changesInterval = charged !== undefined && charged !== subscription.interval && !scheduled;
  return (
    <div className={partClass('actions')}>
      {scheduled && <Button onClick={() => onChange({ kind: 'resume' })}>{messages.keep(plan.name)}</Button>}
      {changesInterval && subscription.interval !== null && (
        <Button onClick={() => onChange({ kind: 'change_plan', planId: plan.id, interval: charged })}>
          {messages.chooseInterval[charged]}
        </Button>
      )}
      {!scheduled && plan.kind === 'paid' && subscription.canCancel && (
        <Button kind="quiet" onClick={() => onChange({ kind: 'cancel' })}>
          {messages.cancelPlan}
        </Button>
      )}
    </div>
  );
}

/** The allowances, the prices of further units, and the facts that are not metered. */
function OptionContents({ plan, format, messages }: OptionPartProps) {
  const { kind, monthlyCredits, limits, highlights, facts } = plan;
  const endsAtLimits = kind === 'free' && limits.every(({ overage }) => overage === null);
  return (
    <>
      {endsAtLimits && <p className="uk-caption">{messages.freeDetail}</p>}
      <ul className="uk-list uk-plan-option-lines">
        {monthlyCredits !== null && (
          <Line>{unbroken(messages.credits(format.amount(monthlyCredits, 'credits').exact))}</Line>
        )}
        {limits.map((limit) => {
          const { metric, label, unit, included } = limit;
          const beyond = writeOverage(limit, format, messages);
          return (
            <Line key={metric}>
              {included === null
                ? messages.unlimited(label)
                : unbroken(
                    messages.limit(
                      label,
                      format.figure(included, unit).exact + unitWord(limit, included, format),
                    ),
                  )}
              {beyond && <span className="uk-muted">{unbroken(beyond)}</span>}
            </Line>
          );
        })}
        {highlights.map((highlight) => (
          <Line key={highlight}>{highlight}</Line>
        ))}
      </ul>
      {facts.length > 0 && (
        <dl className="uk-plan-option-facts">
          {facts.map(({ label, text }) => (
            <div key={label} className="uk-plan-option-fact">
              <dt className="uk-muted" dir="auto">
                {label}
              </dt>
              <dd className="uk-plan-option-text" dir="auto">
                {text}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

function Line({ children }: { children: React.ReactNode }) {
  return (
    <li className="uk-plan-option-line">
      <Icon drawing={checkIcon} />
      <span className="uk-run" dir="auto">
        {children}
      </span>
    </li>
  );
}
