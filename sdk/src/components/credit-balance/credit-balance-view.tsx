'use client';
import type { Credits, CreditUnit, ShownUnit } from '@usagekit/server/contract';
import type { ReactNode } from 'react';
import { type CreditStanding, creditStanding, daysLeft } from '../../derive/credits/credit-standing.ts';
import { leaveOut } from '../../derive/leave-out.ts';
import { signOf } from '../../derive/sign-of.ts';
import { currencyOf, type Format } from '../../format/create-format.ts';
import { useFormat } from '../../format/use-format.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import { creditBalanceMessages } from '../../messages/credits/credit-balance.ts';
import type { Messages } from '../../messages/messages.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Button } from '../parts/controls/button.tsx';
import { LinkButton } from '../parts/controls/link-button.tsx';
import { overIcon, warningIcon } from '../parts/icons/level-icons.ts';
import { asWidget, usePartClass } from '../parts/widget/as-widget.tsx';
import { Card } from '../parts/widget/card.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import { Section } from '../parts/widget/section.tsx';
import { type SkeletonLine, SkeletonLines } from '../parts/widget/skeleton.tsx';
import type { WidgetProps } from '../parts/widget/widget-root.tsx';
import { Figure } from '../parts/words/figure.tsx';
import { StatusPill } from '../parts/words/status-pill.tsx';
import { unbroken } from '../parts/words/unbroken.ts';
import { EmptyState } from '../states/empty-state.tsx';
import { ResourceFrame } from '../states/resource-frame.tsx';
import { StaleNote } from '../states/stale-note.tsx';
import { GrantBar } from './grant-bar.tsx';
import { LedgerList } from './ledger-list.tsx';

/** The actions of CreditBalance; each is left out if the host gives nothing for it. */
export interface CreditBalanceActions {
  /** Opens the host's or the kit's purchase. The button is shown to viewers who may buy. */
  onBuyCredits?: (() => void) | undefined;
  /** Leads from Held to the running tasks. */
  onShowHeld?: (() => void) | undefined;
  /** Leads to the whole ledger. */
  onShowLedger?: (() => void) | undefined;
  /** Leads from a ledger line to its task. */
  onOpenTask?: ((taskId: string) => void) | undefined;
}

export interface CreditBalanceViewProps extends WidgetProps, CreditBalanceActions {
  /** What is shown, with its state while it loads or fails. */
  resource: Resource<Credits>;
  /** The name of a credit; credit and credits by default. */
  creditLabel?: ShownUnit | undefined;
  /** The account's time zone. */
  timeZone?: string | undefined;
  /** Parts to leave out, such as `{ grants: false, recent: false }`. */
  parts?: PartsOf<'CreditBalance'> | undefined;
  /** Stands after the grants, such as `<SpentByMember />`. */
  members?: ReactNode;
}

/**
 * The balance: Available with Held beneath it, grants in burn order, what expires next, how long it lasts, and the last
 * five ledger lines. Renders a `section`; a change of standing is announced once. Reads locale and messages.
 */
export const CreditBalanceView = asWidget(function CreditBalanceView(props: CreditBalanceViewProps) {
  const { resource, creditLabel, timeZone, headingLevel = 2, ...actions } = props;
  const messages = useMessages('creditBalance', creditBalanceMessages);
  const label = creditLabel ?? resource.data?.creditLabel;
  const format = useFormat(timeZone ?? resource.data?.timeZone, label);
  return (
    <ResourceFrame
      name="credit-balance"
      what={messages.what}
      title={titleOf(label, messages)}
      resource={resource}
      headingLevel={headingLevel}
      skeleton={creditBalanceSkeleton}
      stateOf={creditStanding}
    >
      {(credits) => (
        <CreditBalanceCard
          {...actions}
          credits={leaveOut(credits, actions.parts)}
          standing={creditStanding(credits)}
          stale={resource.status === 'stale'}
          headingLevel={headingLevel}
          format={format}
          messages={messages}
        />
      )}
    </ResourceFrame>
  );
});

interface CreditBalanceCardProps
  extends CreditBalanceActions,
    Pick<CreditBalanceViewProps, 'parts' | 'members'> {
  credits: Credits;
  standing: CreditStanding;
  stale: boolean;
  headingLevel: number;
  format: Format;
  messages: Messages['creditBalance'];
}

function CreditBalanceCard(props: CreditBalanceCardProps) {
  const { credits, standing, stale, headingLevel, format, messages } = props;
  const { onBuyCredits, onShowHeld, onShowLedger, onOpenTask, parts, members } = props;
  const hasRecent = parts?.recent !== false;
  const partClass = usePartClass();
  const { available, held, unit, grants, recent, asOf } = credits;
  const isMoney = currencyOf(unit) !== undefined;
  const buy = onBuyCredits && credits.canPurchase && (
    <Button kind={standing === 'ok' ? 'plain' : 'primary'} onClick={onBuyCredits}>
      {isMoney ? messages.buyOfMoney : messages.buy}
    </Button>
  );
  const title = titleOf(unit, messages);
  if (standing === 'empty') {
    return (
      <Card title={title} headingLevel={headingLevel}>
        <EmptyState title={messages.emptyTitle} detail={messages.emptyDetail} action={buy} />
      </Card>
    );
  }
  const isHeld = signOf(held) > 0;
  const heldText = messages.held(format.amount(held, unit).text);
  const side = (
    <>
      {stale && <StaleNote asOf={asOf} format={format} />}
      <span className="uk-run" role="status">
        {standing !== 'ok' && (
          <StatusPill
            tone={standing === 'low' ? 'warning' : 'bad'}
            icon={standing === 'low' ? warningIcon : overIcon}
          >
            {isMoney && standing === 'out' ? messages.outOfMoney : messages.standing[standing]}
          </StatusPill>
        )}
      </span>
    </>
  );
  return (
    <Card title={title} headingLevel={headingLevel} side={side}>
      <div className="uk-balance" data-alone={!hasRecent || undefined}>
        <div className="uk-balance-main">
          <div className="uk-balance-head">
            <Figure
              label={messages.available}
              value={format.figure(available, unit)}
              unit={format.unit(available, unit)}
              level={standing === 'debt' || standing === 'out' ? 'over' : undefined}
            >
              {isHeld && (
                <p className="uk-balance-held">
                  {onShowHeld ? <LinkButton onClick={onShowHeld}>{heldText}</LinkButton> : heldText}
                </p>
              )}
            </Figure>
            {buy}
          </div>
          <CreditOutlook credits={credits} standing={standing} format={format} messages={messages} />
          <GrantBar grants={grants} asOf={asOf} format={format} />
          {members}
          {standing !== 'ok' && !credits.canPurchase && <p className="uk-caption">{messages.askToBuy}</p>}
          {credits.supportUrl && (
            <div className={partClass('actions')}>
              <Button kind="quiet" href={credits.supportUrl}>
                {messages.support}
              </Button>
            </div>
          )}
        </div>
        {hasRecent && (
          <div className="uk-balance-side">
            <Section
              title={messages.recent}
              headingLevel={headingLevel + 1}
              side={onShowLedger && <LinkButton onClick={onShowLedger}>{messages.viewAll}</LinkButton>}
            >
              <LedgerList entries={recent} countMax={5} format={format} asOf={asOf} onOpenTask={onOpenTask} />
            </Section>
          </div>
        )}
      </div>
    </Card>
  );
}

/** The heading: credits have a name of their own, money is a balance. */
function titleOf(unit: CreditUnit | ShownUnit | undefined, messages: Messages['creditBalance']): string {
  return unit !== undefined && currencyOf(unit) !== undefined ? messages.titleOfMoney : messages.title;
}

interface CreditOutlookProps {
  credits: Credits;
  standing: CreditStanding;
  format: Format;
  messages: Messages['creditBalance'];
}

/** Where the balance is going, in one to three short lines. */
function CreditOutlook({ credits, standing, format, messages }: CreditOutlookProps) {
  const { unit, debt, pace, nextReset, nextToExpire, asOf } = credits;
  const lines: { key: string; text: string; title?: string; level?: 'over' | 'warning' }[] = [];
  if (signOf(debt) > 0) {
    lines.push({ key: 'debt', text: messages.owed(format.amount(debt, unit).text), level: 'over' });
  } else if (standing === 'out') {
    lines.push({ key: 'out', text: messages.outDetail, level: 'over' });
  }
  if (pace && (standing === 'ok' || standing === 'low')) {
    const days = daysLeft(credits);
    const lasts = pace.runsOutAt === null || (nextReset !== null && nextReset.at <= pace.runsOutAt);
    const text = lasts && nextReset ? messages.paceLasts : messages.pace(days, format.number(days));
    const title = messages.paceMethod(format.amount(pace.perDay, unit).text);
    if (Number.isFinite(days) || (lasts && nextReset)) {
      lines.push({ key: 'pace', text, title, ...(standing === 'low' && { level: 'warning' as const }) });
    }
  }
  if (nextReset) {
    const amount = format.amount(nextReset.amount, unit).text;
    lines.push({ key: 'reset', text: messages.comesAgain(amount, format.relativeDay(nextReset.at, asOf)) });
  }
  if (nextToExpire) {
    const amount = format.figure(nextToExpire.amount, unit).text;
    lines.push({
      key: 'expire',
      text: messages.nextToExpire(amount, format.date(nextToExpire.expiresAt, asOf)),
    });
  }
  if (lines.length === 0) return null;
  return (
    <ul className="uk-list uk-outlook">
      {lines.map(({ key, text, title, level }) => (
        <li key={key} className="uk-outlook-line" title={title} data-level={level}>
          {unbroken(text)}
        </li>
      ))}
    </ul>
  );
}

const creditBalanceSkeleton = (
  <div className="uk-balance">
    <div className="uk-balance-main">
      <SkeletonLines
        lines={[
          [12, 20, 4],
          [28, 40, 6],
          [12, 55, 16],
          [12, 45, 8],
          [10, 100, 18],
          [12, 100, 14],
          [12, 100, 12],
        ]}
      />
    </div>
    <div className="uk-balance-side">
      <SkeletonLines lines={[[14, 35, 8], ...Array<SkeletonLine>(5).fill([30, 100, 14])]} />
    </div>
  </div>
);
