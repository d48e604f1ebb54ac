'use client';
import type { AutoTopUp, ShownUnit } from '@usagekit/server/contract';
import { type ReactNode, useState } from 'react';
import { isAtPar } from '../../derive/credits/pack-price.ts';
import type { Format } from '../../format/create-format.ts';
import { useFormat } from '../../format/use-format.ts';
import { writePrice } from '../../format/write-price.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import { autoTopUpMessages } from '../../messages/credits/auto-top-up.ts';
import type { Messages } from '../../messages/messages.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Button } from '../parts/controls/button.tsx';
import { Dialog } from '../parts/controls/dialog.tsx';
import { overIcon, warningIcon } from '../parts/icons/level-icons.ts';
import { pauseIcon } from '../parts/icons/pause-icon.ts';
import { checkIcon, clockIcon } from '../parts/icons/state-icons.ts';
import { asWidget, usePartClass } from '../parts/widget/as-widget.tsx';
import { Card } from '../parts/widget/card.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import { Skeleton } from '../parts/widget/skeleton.tsx';
import type { WidgetProps } from '../parts/widget/widget-root.tsx';
import { facts } from '../parts/words/facts.tsx';
import { StatusPill, type StatusPillProps } from '../parts/words/status-pill.tsx';
import { unbroken } from '../parts/words/unbroken.ts';
import { ResourceFrame } from '../states/resource-frame.tsx';
import { StaleNote } from '../states/stale-note.tsx';

export interface AutoTopUpViewProps extends WidgetProps {
  /** Parts to leave out, such as `{ facts: false }`. */
  parts?: PartsOf<'AutoTopUp'> | undefined;
  /** What is shown, with its state while it loads or fails. */
  resource: Resource<AutoTopUp>;
  /** The form that the dialog holds; without it there is no button. */
  form?: ((close: () => void) => ReactNode) | undefined;
  /** Opens the purchase; offered where auto top-up buys nothing at the moment. */
  onBuyCredits?: (() => void) | undefined;
  /** The name of a credit; credit and credits by default. */
  creditLabel?: ShownUnit | undefined;
  /** The account's time zone. */
  timeZone?: string | undefined;
}

const pills: Record<Exclude<AutoTopUp['status'], 'off'>, Omit<StatusPillProps, 'children'>> = {
  ready: { tone: 'good', icon: checkIcon },
  pending: { tone: 'info', icon: clockIcon },
  failed: { tone: 'bad', icon: overIcon },
  capped: { tone: 'neutral', icon: pauseIcon },
  waiting: { tone: 'warning', icon: pauseIcon },
  not_sold: { tone: 'warning', icon: warningIcon },
  no_payment_method: { tone: 'warning', icon: warningIcon },
};

/**
 * Auto top-up as one readable line, what it bought this cycle, and what went wrong; its form opens in a dialog.
 * Renders a `section`. Reads locale and messages.
 */
export const AutoTopUpView = asWidget(function AutoTopUpView(props: AutoTopUpViewProps) {
  const partClass = usePartClass();
  const { resource, onBuyCredits, creditLabel, timeZone, parts, headingLevel = 2 } = props;
  const { actions: showsActions = true } = parts ?? {};
  const form = showsActions ? props.form : undefined;
  const messages = useMessages('autoTopUp', autoTopUpMessages);
  const format = useFormat(timeZone ?? resource.data?.timeZone, creditLabel ?? resource.data?.unit);
  const [isOpen, setOpen] = useState(false);
  const asOf = resource.status === 'stale' ? resource.asOf : undefined;
  return (
    <ResourceFrame
      name="auto-top-up"
      what={messages.what}
      title={messages.title}
      resource={resource}
      headingLevel={headingLevel}
      skeleton={<Skeleton height={14} widthPercent={70} before={8} />}
      stateOf={({ status }) => status}
    >
      {(topUp) => (
        <Card
          title={messages.title}
          headingLevel={headingLevel}
          side={
            (asOf !== undefined || topUp.status !== 'off') && (
              <>
                {asOf && <StaleNote asOf={asOf} format={format} />}
                {topUp.status !== 'off' && (
                  <StatusPill {...pills[topUp.status]}>{messages.status[topUp.status]}</StatusPill>
                )}
              </>
            )
          }
        >
          <div className="uk-top-up">
            <div className="uk-top-up-line">
              <p className="uk-text">{unbroken(ruleOf(topUp, format, messages))}</p>
              {form && (
                <Button
                  kind={topUp.packId === null ? 'plain' : 'quiet'}
                  className={topUp.packId === null ? undefined : 'uk-top-up-edit'}
                  onClick={() => setOpen(true)}
                >
                  {topUp.packId === null ? messages.setUp : messages.edit}
                </Button>
              )}
            </div>
            {parts?.facts !== false && <TopUpFacts topUp={topUp} format={format} messages={messages} />}
            {showsActions && onBuyCredits && isStuck(topUp) && (
              <div className={partClass('actions')}>
                <Button onClick={onBuyCredits}>
                  {format.currency ? messages.buyByHandOfMoney : messages.buyByHand}
                </Button>
              </div>
            )}
          </div>
          {isOpen && form && (
            <Dialog title={messages.title} onClose={() => setOpen(false)}>
              {form(() => setOpen(false))}
            </Dialog>
          )}
        </Card>
      )}
    </ResourceFrame>
  );
});

/** Whether it is on and buys nothing for the time being, while a person still may. */
function isStuck({ status }: AutoTopUp): boolean {
  return ['failed', 'capped', 'waiting', 'no_payment_method'].includes(status);
}

function ruleOf(topUp: AutoTopUp, format: Format, messages: Messages['autoTopUp']): string {
  const { enabled, credits, threshold } = topUp;
  const price = topUp.total ?? topUp.price;
  if (!enabled || credits === null || price === null || threshold === null) return messages.off;
  const added = format.amount(credits, 'credits').exact;
  const below = format.figure(threshold, 'credits').exact;
  return isAtPar({ credits, price }, format.currency)
    ? messages.ruleAtPar(added, below)
    : messages.rule(added, writePrice(price, format), below);
}

interface TopUpFactsProps {
  topUp: AutoTopUp;
  format: Format;
  messages: Messages['autoTopUp'];
}

/** The purchases of this cycle, and the obstacle to the next charge. */
function TopUpFacts({ topUp, format, messages }: TopUpFactsProps) {
  const {
    status,
    chargesThisCycle: times,
    creditsThisCycle,
    chargesPerCycleMax: cap,
    failure,
    retryAt,
  } = topUp;
  const isOff = status === 'off';
  if (isOff && times === 0) return <p className="uk-caption">{messages.offDetail}</p>;
  const bought = messages.bought(
    times,
    format.number(times),
    format.amount(creditsThisCycle, 'credits').exact,
  );
  return (
    <>
      <p className="uk-caption">
        {facts(bought, cap !== null && !isOff && messages.cap(cap, format.number(cap)))}
      </p>
      <div className="uk-run" role="status">
        {status === 'failed' && (
          <p className="uk-problem">
            {failure ? messages.failedDetail(failure) : messages.failedUnnamed}{' '}
            {retryAt && unbroken(messages.retryAt(format.dateTime(retryAt)))}
          </p>
        )}
        {status === 'pending' && <p className="uk-caption">{messages.pendingDetail}</p>}
        {status === 'capped' && <p className="uk-caption">{messages.cappedDetail}</p>}
        {status === 'waiting' && <p className="uk-caption">{messages.waitingDetail}</p>}
        {status === 'not_sold' && <p className="uk-problem">{messages.notSoldDetail}</p>}
        {status === 'no_payment_method' && <p className="uk-problem">{messages.noMethodDetail}</p>}
      </div>
    </>
  );
}
