'use client';
import type { Pairing } from '@usagekit/server/contract';
import type { ReactNode } from 'react';
import type { UsageKitError } from '../../client/usagekit-error.ts';
import { useFormat } from '../../format/use-format.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import type { PairingDecision, PairingFlow } from '../../hooks/pairings/use-pairing.ts';
import { connectBrowserMessages } from '../../messages/pairings/connect-browser.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Button } from '../parts/controls/button.tsx';
import { LinkButton } from '../parts/controls/link-button.tsx';
import { crossIcon } from '../parts/icons/cross-icon.ts';
import type { Drawing } from '../parts/icons/icon.tsx';
import { Icon } from '../parts/icons/icon.tsx';
import { warningIcon } from '../parts/icons/level-icons.ts';
import { checkIcon } from '../parts/icons/state-icons.ts';
import { asWidget, usePartClass } from '../parts/widget/as-widget.tsx';
import { Card } from '../parts/widget/card.tsx';
import { Notice } from '../parts/widget/notice.tsx';
import { Skeleton } from '../parts/widget/skeleton.tsx';
import { type WidgetProps, WidgetRoot } from '../parts/widget/widget-root.tsx';
import { ResourceFrame } from '../states/resource-frame.tsx';

export interface ConnectBrowserViewProps extends WidgetProps {
  /** What is shown, with its state while it loads or fails. */
  resource: Resource<Pairing>;
  /** The decision that is being sent; undefined where none is. */
  deciding?: PairingFlow['deciding'];
  /** Why the last decision failed. */
  decisionError?: PairingFlow['decisionError'];
  /** Called with the decision; without it none can be made. */
  onDecide?: ((decision: PairingDecision) => Promise<void>) | undefined;
  /** Asks for another code, where this one is not known. */
  onOtherCode?: (() => void) | undefined;
}

/**
 * A browser that asks to be connected: its code, who asks, what it may then do and what not, and the two answers. Renders a
 * `section`. Reads locale and messages.
 */
export const ConnectBrowserView = asWidget(function ConnectBrowserView(props: ConnectBrowserViewProps) {
  const { resource, headingLevel = 2, onOtherCode } = props;
  const messages = useMessages('connectBrowser', connectBrowserMessages);
  if (resource.error?.code === 'not_found')
    return (
      <WidgetRoot name="connect-browser" state="unknown" label={messages.title}>
        <Card title={messages.title} headingLevel={headingLevel}>
          <Said icon={warningIcon} tone="warning" title={messages.unknown} detail={messages.unknownDetail}>
            {onOtherCode && <LinkButton onClick={onOtherCode}>{messages.otherCode}</LinkButton>}
          </Said>
        </Card>
      </WidgetRoot>
    );
  return (
    <ResourceFrame
      name="connect-browser"
      what={messages.what}
      title={messages.title}
      resource={resource}
      headingLevel={headingLevel}
      skeleton={[1, 2, 3].map((line) => <Skeleton key={line} height={24} before={14} />)}
      stateOf={({ status }) => status}
    >
      {(pairing) => (
        <Card title={messages.title} headingLevel={headingLevel}>
          {pairing.status === 'pending' ? (
            <Question {...props} pairing={pairing} />
          ) : pairing.status === 'approved' ? (
            <Said icon={checkIcon} tone="good" title={messages.approved} detail={messages.approvedDetail} />
          ) : (
            <Said icon={crossIcon} title={messages.denied} detail={messages.deniedDetail} />
          )}
        </Card>
      )}
    </ResourceFrame>
  );
});

interface QuestionProps extends Pick<ConnectBrowserViewProps, 'deciding' | 'decisionError' | 'onDecide'> {
  pairing: Pairing;
}

function Question({ pairing, deciding, decisionError, onDecide }: QuestionProps) {
  const messages = useMessages('connectBrowser', connectBrowserMessages);
  const partClass = usePartClass();
  const format = useFormat(pairing.timeZone);
  const isBusy = deciding !== undefined || undefined;
  const answer = (decision: PairingDecision) => () => void (isBusy ?? onDecide?.(decision));
  return (
    <div className="uk-connect">
      <p className="uk-connect-code">
        <bdi className="uk-run" dir="ltr">
          {pairing.userCode}
        </bdi>
      </p>
      <p className="uk-text">{messages.compare}</p>
      <dl className="uk-connect-facts">
        <Fact name={messages.browser}>{pairing.browser}</Fact>
        <Fact name={messages.origin}>{pairing.origin ?? messages.unknownOrigin}</Fact>
        <Fact name={messages.askedAt}>{format.dateTime(pairing.createdAt)}</Fact>
      </dl>
      <Scopes title={messages.allows} icon={checkIcon} scopes={messages.scopes} />
      <Scopes title={messages.forbids} icon={crossIcon} scopes={messages.neverScopes} />
      <p className="uk-caption">{messages.undo}</p>
      {decisionError && (
        <p className="uk-problem" role="alert">
          {problemOf(decisionError, messages)}
        </p>
      )}
      <div className={partClass('actions')}>
        <Button kind="primary" onClick={answer('approve')} aria-disabled={isBusy}>
          {deciding === 'approve' ? messages.connecting : messages.connect}
        </Button>
        <Button kind="quiet" onClick={answer('deny')} aria-disabled={isBusy}>
          {deciding === 'deny' ? messages.refusing : messages.refuse}
        </Button>
      </div>
    </div>
  );
}

function problemOf({ code }: UsageKitError, messages: typeof connectBrowserMessages): string {
  if (code === 'not_found') return messages.unknownDetail;
  return code === 'count_limit_reached' ? messages.full : messages.failed;
}

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <div className="uk-connect-fact">
      <dt className="uk-caption">{name}</dt>
      <dd className="uk-connect-value" dir="auto">
        {children}
      </dd>
    </div>
  );
}

function Scopes({ title, icon, scopes }: { title: string; icon: Drawing; scopes: readonly string[] }) {
  return (
    <div className="uk-connect-scopes">
      <p className="uk-strong">{title}</p>
      <ul className="uk-list">
        {scopes.map((scope) => (
          <li key={scope} className="uk-connect-scope">
            <Icon drawing={icon} />
            <span className="uk-run">{scope}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface SaidProps {
  icon: Drawing;
  tone?: 'good' | 'warning';
  title: string;
  detail: string;
  children?: ReactNode;
}

function Said({ icon, tone, title, detail, children }: SaidProps) {
  return (
    <div className="uk-connect">
      <Notice tone={tone} role="status">
        <Icon drawing={icon} />
        <div className="uk-notice-body">
          <p className="uk-strong">{title}</p>
          <p className="uk-text uk-muted">{detail}</p>
          {children}
        </div>
      </Notice>
    </div>
  );
}
