'use client';
import type { Action, Subscription } from '@usagekit/server/contract';
import { useState } from 'react';
import { daysBetween } from '../../derive/days-between.ts';
import type { Format } from '../../format/create-format.ts';
import { useFormat } from '../../format/use-format.ts';
import { billingBannerMessages } from '../../messages/invoices/billing-banner.ts';
import type { Messages } from '../../messages/messages.ts';
import { pauseMessages } from '../../messages/subscription/pause.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { ActionButtons } from '../parts/controls/action-buttons.tsx';
import { Button } from '../parts/controls/button.tsx';
import { crossIcon } from '../parts/icons/cross-icon.ts';
import type { Drawing } from '../parts/icons/icon.tsx';
import { Icon } from '../parts/icons/icon.tsx';
import { overIcon } from '../parts/icons/level-icons.ts';
import { pauseIcon } from '../parts/icons/pause-icon.ts';
import { clockIcon, dashIcon } from '../parts/icons/state-icons.ts';
import { asWidget, usePartClass } from '../parts/widget/as-widget.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import { type WidgetProps, WidgetRoot } from '../parts/widget/widget-root.tsx';
import { pauseWords } from '../parts/words/pause-words.ts';
import { paysFirst } from '../parts/words/pays-first.ts';
import { unbroken } from '../parts/words/unbroken.ts';

export interface BillingBannerViewProps extends Omit<WidgetProps, 'headingLevel'> {
  /** Parts to leave out, such as `{ dismiss: false }`. */
  parts?: PartsOf<'BillingBanner'> | undefined;
  /** Undefined while it is not known; then nothing is shown. */
  plan: Subscription | undefined;
  /** Called in place of following the link, with what the person chose. */
  onAction?: ((action: Action) => void) | undefined;
}

/**
 * One line that stands anywhere in the host app: days of a trial, a payment that failed, work that is paused, a plan
 * that ends. Renders a `section`, or nothing where all is well. A trial and an end can be put away until the page is
 * loaded again; what stops work cannot. Reads locale and messages.
 */
export const BillingBannerView = asWidget(function BillingBannerView({
  plan,
  onAction,
  parts,
}: BillingBannerViewProps) {
  const partClass = usePartClass();
  const messages = useMessages('billingBanner', billingBannerMessages);
  const pause = useMessages('pause', pauseMessages);
  const format = useFormat(plan?.timeZone);
  const [dismissed, setDismissed] = useState<string>();
  const notice = plan && noticeOf(plan, format.inZone(plan.timeZone), messages, pause);
  if (!notice || dismissed === notice.text) return null;
  return (
    <WidgetRoot name="billing-banner" state={plan.status} label={messages.label}>
      <div
        className={partClass('notice', 'uk-banner')}
        data-tone={notice.tone}
        role={notice.tone ? 'alert' : undefined}
      >
        <Icon drawing={notice.icon} />
        <div className="uk-banner-body">
          <p className="uk-text uk-banner-text">{unbroken(notice.text)}</p>
          {parts?.actions !== false && (
            <ActionButtons
              actions={notice.action ? [notice.action] : plan.actions.slice(0, 1)}
              paysFirst={paysFirst(plan)}
              labels={notice.action && { [notice.action.kind]: messages.keepPlan }}
              onAction={onAction}
              urgent={notice.tone !== undefined}
              othersMay={messages.othersMay}
            />
          )}
        </div>
        {!notice.tone && parts?.dismiss !== false && (
          <Button
            kind="quiet"
            className="uk-button-icon"
            aria-label={messages.dismiss}
            onClick={() => setDismissed(notice.text)}
          >
            <Icon drawing={crossIcon} />
          </Button>
        )}
      </div>
    </WidgetRoot>
  );
});

interface Notice {
  text: string;
  icon: Drawing;
  tone?: 'bad' | 'warning';
  /** Keeps a plan that is to end; else the plan's first action is the one that helps. */
  action?: Action;
}

function noticeOf(
  plan: Subscription,
  format: Format,
  messages: Messages['billingBanner'],
  pause: Messages['pause'],
): Notice | undefined {
  const { status, paused, trialEndsAt, amountDue, next, timeZone, asOf } = plan;
  if (paused) return { text: pauseWords(paused, pause), icon: pauseIcon, tone: 'bad' };
  if (status === 'past_due') {
    const text = amountDue ? messages.pastDueAmount(format.money(amountDue)) : messages.pastDue;
    return { text, icon: overIcon, tone: 'bad' };
  }
  if (status === 'trial' && trialEndsAt) {
    const days = Math.max(0, daysBetween(asOf, trialEndsAt, timeZone));
    return { text: messages.trial(days, format.number(days)), icon: clockIcon };
  }
  if (next?.kind === 'ends') {
    const manage = plan.actions.find(({ kind }) => kind === 'manage_plan');
    return {
      text: messages.ending(format.date(next.at, asOf)),
      icon: dashIcon,
      action: manage ?? { kind: 'manage_plan', label: messages.keepPlan, allowed: false },
    };
  }
  return undefined;
}
