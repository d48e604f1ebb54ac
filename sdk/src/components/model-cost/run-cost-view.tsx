'use client';
import type { Action, CheckAnswer, ShownUnit } from '@usagekit/server/contract';
import { subtractDecimals } from '../../derive/decimal.ts';
import { signOf } from '../../derive/sign-of.ts';
import type { Format } from '../../format/create-format.ts';
import { exactColumnDecimals } from '../../format/exact-column-decimals.ts';
import { useFormat } from '../../format/use-format.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import { actionMessages } from '../../messages/common/action.ts';
import { outOfCreditsMessages } from '../../messages/gate/out-of-credits.ts';
import type { Messages } from '../../messages/messages.ts';
import { modelCostMessages } from '../../messages/models/model-cost.ts';
import { taskDetailsMessages } from '../../messages/tasks/task-details.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { refusalTitle, refusalWords } from '../out-of-credits/refusal-words.ts';
import { ActionButtons, actionWords } from '../parts/controls/action-buttons.tsx';
import { LinkButton } from '../parts/controls/link-button.tsx';
import { Icon } from '../parts/icons/icon.tsx';
import { warningIcon } from '../parts/icons/level-icons.ts';
import { asWidget, usePartClass } from '../parts/widget/as-widget.tsx';
import { Heading } from '../parts/widget/card.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import { Skeleton } from '../parts/widget/skeleton.tsx';
import type { WidgetProps } from '../parts/widget/widget-root.tsx';
import { Amount } from '../parts/words/amount.tsx';
import { unbroken } from '../parts/words/unbroken.ts';
import { ResourceFrame } from '../states/resource-frame.tsx';
import { StaleNote } from '../states/stale-note.tsx';
import { InlineCost } from './inline-cost.tsx';

export interface RunCostViewProps extends WidgetProps {
  /** Parts to leave out, such as `{ lineItems: false }`. */
  parts?: PartsOf<'ModelCost'> | undefined;
  resource: Resource<CheckAnswer>;
  /** `inline` is one line, for use next to the button that starts the run; `block`, the default, is a card. */
  form?: 'inline' | 'block' | undefined;
  /** Whether the items are the most that the run may use, so that the rest is released; false by default. */
  isMost?: boolean | undefined;
  /** Called instead of following an action's address. */
  onAction?: ((action: Action) => void) | undefined;
  /** The name of a credit; credit and credits by default. */
  creditLabel?: ShownUnit | undefined;
  /** The account's time zone. */
  timeZone?: string | undefined;
}

/**
 * The cost of one run, the available amount after it, and, if it would be refused, the reason and the remedies. Renders a
 * `section`. Reads locale and messages.
 */
export const RunCostView = asWidget(function RunCostView(props: RunCostViewProps) {
  const partClass = usePartClass();
  const { resource, form = 'block', isMost = false, onAction, creditLabel, timeZone } = props;
  const { parts, headingLevel = 3 } = props;
  const messages = useMessages('modelCost', modelCostMessages);
  const reasons = useMessages('outOfCredits', outOfCreditsMessages);
  const format = useFormat(timeZone ?? resource.data?.timeZone, creditLabel ?? resource.data?.creditLabel);

  if (form === 'inline') {
    return (
      <InlineCost resource={resource} what={messages.what} format={format}>
        {(answer) => ({
          state: stateOf(answer),
          cost: costOf(answer, { isMost, format, messages }).text,
          detail: answer.refusal
            ? answer.refusal.reason === 'insufficient_credits'
              ? messages.available(availableOf(answer, format))
              : refusalTitle(answer.refusal, reasons, format)
            : leftOf(answer, format, (left) => messages.leavesShort(left)),
          actions: answer.refusal && <FirstAction actions={answer.refusal.actions} onAction={onAction} />,
        })}
      </InlineCost>
    );
  }
  return (
    <ResourceFrame
      name="model-cost"
      what={messages.what}
      title={messages.title}
      resource={resource}
      headingLevel={headingLevel}
      skeleton={
        <>
          <Skeleton height={16} widthPercent={35} before={4} />
          <Skeleton height={12} widthPercent={60} before={8} />
        </>
      }
      stateOf={stateOf}
    >
      {(answer) => (
        <div className={partClass('card')}>
          <div className="uk-cost-head">
            <Heading level={headingLevel} className="uk-cost-title">
              {messages.title}
            </Heading>
            {resource.status === 'stale' && <StaleNote asOf={answer.asOf} format={format} />}
          </div>
          <p className="uk-cost">
            <Amount value={costOf(answer, { isMost, format, messages })} />
          </p>
          {parts?.remaining !== false && (
            <CostDetail answer={answer} isMost={isMost} format={format} messages={messages} />
          )}
          {parts?.lineItems !== false && <CostLines answer={answer} format={format} messages={messages} />}
          {answer.refusal && (
            <div className={partClass('notice', 'uk-cost-refusal')} data-tone="warning" role="status">
              <Icon drawing={warningIcon} />
              <div className="uk-notice-body">
                <p className="uk-strong">
                  {answer.refusal.reason === 'insufficient_credits'
                    ? messages.notEnough
                    : refusalTitle(answer.refusal, reasons, format)}
                </p>
                <p className="uk-text">
                  {unbroken(
                    answer.refusal.reason === 'insufficient_credits'
                      ? messages.figures(
                          availableOf(answer, format),
                          format.amount(answer.cost.amount, answer.cost.unit).text,
                        )
                      : refusalWords(answer.refusal, reasons, format),
                  )}
                </p>
                <ActionButtons
                  actions={answer.refusal.actions}
                  onAction={onAction}
                  othersMay={reasons.askWho}
                />
              </div>
            </div>
          )}
        </div>
      )}
    </ResourceFrame>
  );
});

interface Words {
  format: Format;
  messages: Messages['modelCost'];
}

function stateOf({ allowed, cost }: CheckAnswer): string {
  if (!allowed) return 'refused';
  if (signOf(cost.amount) !== 0) return 'ready';
  return isOwnKey(cost) ? 'own_key' : 'free';
}

function isOwnKey({ lineItems }: CheckAnswer['cost']): boolean {
  return lineItems.some(({ ownKey }) => ownKey === true);
}

function costOf({ cost }: CheckAnswer, { isMost, format, messages }: Words & { isMost: boolean }) {
  if (signOf(cost.amount) === 0) {
    const text = isOwnKey(cost) ? messages.ownKey : messages.free;
    return { text, exact: text };
  }
  const { text, exact } = format.amount(cost.amount, cost.unit);
  return isMost ? { text: messages.upTo(text), exact: messages.upTo(exact) } : { text, exact };
}

function availableOf({ remaining: { credits } }: CheckAnswer, format: Format): string {
  return format.amount(credits.available, credits.unit).text;
}

/** The available amount after the run; undefined if the run takes nothing from it. */
function leftOf(
  { cost, remaining: { credits } }: CheckAnswer,
  format: Format,
  words: (left: string, available: string) => string,
): string | undefined {
  if (signOf(cost.amount) === 0 || cost.unit !== credits.unit) return undefined;
  const left = subtractDecimals(credits.available, cost.amount);
  const bare = format.figure(left, credits.unit);
  return words(bare.text, format.amount(credits.available, credits.unit).text);
}

function CostDetail({ answer, isMost, format, messages }: Words & { answer: CheckAnswer; isMost: boolean }) {
  const { cost, allowed } = answer;
  if (signOf(cost.amount) === 0) {
    return <p className="uk-caption">{isOwnKey(cost) ? messages.ownKeyDetail : messages.freeDetail}</p>;
  }
  const left = allowed ? leftOf(answer, format, messages.leaves) : undefined;
  const otherKey = cost.lineItems.some((line) => line.otherKey) ? messages.otherKey : undefined;
  const words = [left, isMost ? messages.unusedGoesBack : undefined, otherKey].filter(Boolean).join(' ');
  return words ? <p className="uk-caption">{unbroken(words)}</p> : null;
}

/** The parts of a cost with several charges. */
function CostLines({ answer: { cost }, format, messages }: Words & { answer: CheckAnswer }) {
  const words = useMessages('taskDetails', taskDetailsMessages);
  if (cost.lineItems.length < 2) return null;
  const amounts = cost.lineItems.map(({ amount }) => amount);
  const decimals = exactColumnDecimals(amounts);
  return (
    <dl className="uk-sum uk-cost-lines">
      {cost.lineItems.map(({ kind, label, integration, quantity, unit, of, amount, ownKey }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id and never change their order
        <div key={place} className="uk-sum-line">
          <dt className="uk-cost-what">
            <span className="uk-run" dir="auto">
              {[label ?? words.lineItem[kind], integration].filter(Boolean).join(' · ')}
            </span>{' '}
            <bdi className="uk-muted uk-figures">
              {format.number(quantity)} {of === undefined ? unit : words.units[of]}
            </bdi>
          </dt>
          <dd className="uk-figures">
            {ownKey ? (
              <span className="uk-muted">{messages.ownKeyLine}</span>
            ) : (
              <bdi className="uk-run">{format.figure(amount, cost.unit, decimals).exact}</bdi>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The one thing that helps most, as words within the line. */
function FirstAction({ actions, onAction }: Pick<RunCostViewProps, 'onAction'> & { actions: Action[] }) {
  const partClass = usePartClass();
  const words = useMessages('action', actionMessages);
  const action = actions.find(
    ({ allowed, kind, href }) => allowed && kind !== 'wait' && (onAction || href !== undefined),
  );
  if (!action) return null;
  const text = actionWords(action, words);
  return onAction ? (
    <LinkButton onClick={() => onAction(action)}>{text}</LinkButton>
  ) : (
    <a className={partClass('link')} href={action.href}>
      {text}
    </a>
  );
}
