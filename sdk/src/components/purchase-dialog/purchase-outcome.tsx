'use client';
import type { ReactElement, ReactNode } from 'react';
import { packTotal } from '../../derive/credits/pack-price.ts';
import type { Format } from '../../format/create-format.ts';
import { writePrice } from '../../format/write-price.ts';
import type { PurchaseFlow } from '../../hooks/purchases/use-purchase.ts';
import type { Messages } from '../../messages/messages.ts';
import { Button } from '../parts/controls/button.tsx';
import type { Drawing } from '../parts/icons/icon.tsx';
import { Icon } from '../parts/icons/icon.tsx';
import { overIcon, warningIcon } from '../parts/icons/level-icons.ts';
import { checkIcon, clockIcon } from '../parts/icons/state-icons.ts';
import { usePartClass } from '../parts/widget/as-widget.tsx';
import { Notice } from '../parts/widget/notice.tsx';
import { Amount } from '../parts/words/amount.tsx';
import type { PurchaseOffer } from './purchase-offer.ts';

export interface PurchaseOutcomeProps {
  offer: PurchaseOffer;
  flow: PurchaseFlow;
  onClose: () => void;
  format: Format;
  messages: Messages['purchaseDialog'];
}

/**
 * How a purchase that was sent stands, and what can be done about it. Available is the server's figure and nothing is
 * added to it here. Renders a `div` with the role `status`, or `alert` where it failed. Reads nothing.
 */
export function PurchaseOutcome({
  offer,
  flow,
  onClose,
  format,
  messages,
}: PurchaseOutcomeProps): ReactElement {
  const partClass = usePartClass();
  const { status, purchase, error } = flow;
  const amount = purchase && format.amount(packTotal(purchase), purchase.unit).exact;
  const price = purchase && writePrice(purchase.total, format);
  const available = (
    <Available offer={offer} format={format} label={messages.availableNow} notBefore={purchase?.updatedAt} />
  );
  switch (status) {
    case 'failed':
      return (
        <Outcome tone="bad" icon={overIcon} title={messages.failed}>
          <p className="uk-text">{messages.failedDetail(purchase?.failure ?? undefined)}</p>
        </Outcome>
      );
    case 'refused':
      return (
        <Outcome tone="bad" icon={overIcon} title={messages.refused}>
          <p className="uk-text">
            {error?.code === 'total_changed'
              ? messages.totalChanged
              : messages.refusedDetail(error?.problem?.detail)}
          </p>
        </Outcome>
      );
    case 'unknown':
      return (
        <Whole
          actions={
            <>
              <Button onClick={onClose}>{messages.close}</Button>
              <Button kind="primary" onClick={() => void flow.retry()}>
                {messages.check}
              </Button>
            </>
          }
        >
          <Outcome tone="warning" icon={warningIcon} title={messages.unknown}>
            <p className="uk-text">{messages.unknownDetail}</p>
          </Outcome>
          {available}
        </Whole>
      );
    case 'succeeded':
      return (
        <Whole
          actions={
            <Button kind="primary" onClick={onClose}>
              {messages.done}
            </Button>
          }
        >
          <Outcome tone="good" icon={checkIcon} title={amount ? messages.succeeded(amount) : ''}>
            {price && <p className="uk-muted">{messages.succeededDetail(price)}</p>}
          </Outcome>
          {available}
        </Whole>
      );
    case 'idle':
    case 'pending':
    case 'needs_action': {
      const actionUrl = status === 'needs_action' ? purchase?.actionUrl : null;
      return (
        <Whole
          actions={
            <>
              <Button onClick={onClose}>{messages.close}</Button>
              {actionUrl && (
                <a
                  className={partClass('button')}
                  data-kind="primary"
                  href={actionUrl}
                  target="_blank"
                  rel="noopener noreferrer"
                >
                  {messages.confirm}
                </a>
              )}
            </>
          }
        >
          <Outcome
            tone="warning"
            icon={clockIcon}
            title={status === 'needs_action' ? messages.needsAction : messages.pending}
          >
            <p className="uk-text">
              {amount && price ? messages.pendingDetail(amount, price) : messages.pendingUnnamed}
            </p>
            <p className="uk-muted">{messages.pendingClose}</p>
          </Outcome>
          {available}
        </Whole>
      );
    }
  }
}

interface OutcomeProps {
  tone: 'good' | 'warning' | 'bad';
  icon: Drawing;
  title: string;
  children: ReactNode;
}

function Outcome({ tone, icon, title, children }: OutcomeProps) {
  return (
    <Notice tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon drawing={icon} />
      <div className="uk-notice-body">
        <p className="uk-strong">{title}</p>
        {children}
      </div>
    </Notice>
  );
}

function Whole({ actions, children }: { actions: ReactNode; children: ReactNode }) {
  return (
    <div className="uk-purchase">
      {children}
      <div className="uk-dialog-foot">{actions}</div>
    </div>
  );
}

interface AvailableProps {
  offer: PurchaseOffer;
  format: Format;
  label: string;
  /** A figure from before this instant is left out. */
  notBefore?: string | undefined;
}

function Available({ offer, format, label, notBefore }: AvailableProps) {
  const isOld = notBefore !== undefined && Date.parse(offer.asOf) < Date.parse(notBefore);
  return (
    <dl className="uk-sum">
      <div className="uk-sum-line">
        <dt className="uk-muted">{label}</dt>
        <dd className="uk-strong uk-figures" aria-busy={isOld || undefined}>
          {isOld ? '–' : <Amount value={format.amount(offer.available, 'credits')} />}
        </dd>
      </div>
    </dl>
  );
}
