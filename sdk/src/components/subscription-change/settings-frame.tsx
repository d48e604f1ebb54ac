'use client';
import type { Subscription } from '@usagekit/server/contract';
import type { ReactNode } from 'react';
import type { Format } from '../../format/create-format.ts';
import { useFormat } from '../../format/use-format.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import { Card } from '../parts/widget/card.tsx';
import { Skeleton } from '../parts/widget/skeleton.tsx';
import type { WidgetProps } from '../parts/widget/widget-root.tsx';
import { unbroken } from '../parts/words/unbroken.ts';
import { EmptyState } from '../states/empty-state.tsx';
import { ResourceFrame } from '../states/resource-frame.tsx';
import { StaleNote } from '../states/stale-note.tsx';

/** Words that every list of settings has. */
export interface SettingsWords {
  what: string;
  title: string;
  /** Who can change it, for readers who cannot. */
  othersMay: string;
  emptyTitle: string;
  emptyDetail: string;
}

export interface SettingsFrameProps extends Pick<WidgetProps, 'headingLevel'> {
  name: string;
  words: SettingsWords;
  resource: Resource<Subscription>;
  isEmpty: (plan: Subscription) => boolean;
  /** Content at the end of the title's line. */
  side?: ((plan: Subscription) => ReactNode) | undefined;
  /** The rows; `format` is in the account's zone. */
  children: (plan: Subscription, format: Format) => ReactNode;
}

/** A card of things that the account has and can change. Renders a `section`. Reads locale and messages. */
export function SettingsFrame(props: SettingsFrameProps) {
  const { name, words, resource, isEmpty, side, children, headingLevel = 2 } = props;
  const viewer = useFormat(resource.data?.timeZone);
  return (
    <ResourceFrame
      name={name}
      what={words.what}
      title={words.title}
      resource={resource}
      headingLevel={headingLevel}
      skeleton={[1, 2].map((line) => <Skeleton key={line} height={36} before={16} />)}
    >
      {(plan) => (
        <Card
          title={words.title}
          headingLevel={headingLevel}
          caption={!plan.canManage && !isEmpty(plan) && words.othersMay}
          side={
            <>
              {resource.status === 'stale' && <StaleNote asOf={plan.asOf} format={viewer} />}
              {plan.canManage && !isEmpty(plan) && side?.(plan)}
            </>
          }
        >
          {isEmpty(plan) ? (
            <EmptyState title={words.emptyTitle} detail={words.emptyDetail} />
          ) : (
            <div className="uk-settings">{children(plan, viewer.inZone(plan.timeZone))}</div>
          )}
        </Card>
      )}
    </ResourceFrame>
  );
}

export interface SettingRowProps {
  name: string;
  /** Lines beneath the name; empty ones are left out. */
  lines?: readonly (ReactNode | undefined)[];
  /** Stands at the end, before the buttons. */
  value?: ReactNode;
  /** Beneath all of it, over the whole width. */
  children?: ReactNode;
  actions?: ReactNode;
}

/** One thing that the account has, how much of it, and what can be done. Renders a `div`. Reads nothing. */
export function SettingRow({ name, lines = [], value, actions, children }: SettingRowProps) {
  return (
    <div className="uk-setting">
      <div className="uk-setting-what">
        <p className="uk-setting-name" dir="auto">
          {name}
        </p>
        {lines.filter(Boolean).map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name than their place
          <p key={place} className="uk-caption">
            {typeof line === 'string' ? unbroken(line) : line}
          </p>
        ))}
      </div>
      {(value || actions) && (
        <div className="uk-setting-side">
          {value && <span className="uk-setting-value">{value}</span>}
          {actions}
        </div>
      )}
      {children}
    </div>
  );
}
