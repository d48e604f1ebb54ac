'use client';
import type { DecimalString, Member } from '@usagekit/server/contract';
import { useId, useState } from 'react';
import { subtractDecimals } from '../../derive/decimal.ts';
import { meterLevel } from '../../derive/usage/meter-level.ts';
import { columnDecimals } from '../../format/column-decimals.ts';
import type { Format } from '../../format/create-format.ts';
import { useFormat } from '../../format/use-format.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import type { PagedResource } from '../../hooks/base/use-pages.ts';
import { memberAllocationsMessages } from '../../messages/members/member-allocations.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { MeterBar } from '../meter/meter-bar.tsx';
import { Beyond } from '../parts/bars/beyond.tsx';
import { Sparkline } from '../parts/bars/sparkline.tsx';
import { Button } from '../parts/controls/button.tsx';
import { LinkButton } from '../parts/controls/link-button.tsx';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { Card } from '../parts/widget/card.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import { Skeleton } from '../parts/widget/skeleton.tsx';
import type { WidgetProps } from '../parts/widget/widget-root.tsx';
import { unbroken } from '../parts/words/unbroken.ts';
import { EmptyState } from '../states/empty-state.tsx';
import { ResourceFrame } from '../states/resource-frame.tsx';
import { StaleNote } from '../states/stale-note.tsx';
import type { MemberShares, ShareableMetric } from './member-shares.ts';
import { ShareDialog } from './share-dialog.tsx';

export interface MemberAllocationsViewProps extends WidgetProps {
  /** Parts to leave out, such as `{ actions: false }`. */
  parts?: PartsOf<'MemberAllocations'> | undefined;
  /** What is shown, with its state while it loads or fails. */
  resource: Resource<MemberShares>;
  /** Called with the metric that is chosen. */
  onMetricChange?: ((metric: string) => void) | undefined;
  /** Sets a share, or clears it with null, and gives the members for whom that failed; without it nothing can be changed. */
  allocate?: ((members: readonly Member[], share: DecimalString | null) => Promise<Member[]>) | undefined;
  /** The next page; without it there is no button. */
  more?: Pick<PagedResource<Member>, 'hasMore' | 'isLoadingMore' | 'loadMoreError' | 'loadMore'> | undefined;
}

/** The edited allocation, and its member. */
export interface ShareEdit {
  members: Member[];
  clears: boolean;
}

/**
 * Members with what each has used of an allowance and the share of it that each may use; setting, raising and clearing the share of
 * one or of several. Renders a `section` with a list. Reads locale and messages.
 */
export const MemberAllocationsView = asWidget(function MemberAllocationsView(
  props: MemberAllocationsViewProps,
) {
  const { resource, headingLevel = 2 } = props;
  const messages = useMessages('memberAllocations', memberAllocationsMessages);
  return (
    <ResourceFrame
      name="member-allocations"
      what={messages.what}
      title={messages.title}
      resource={resource}
      headingLevel={headingLevel}
      skeleton={[1, 2, 3, 4].map((line) => <Skeleton key={line} height={32} before={14} />)}
    >
      {(shares) => <Shares {...props} shares={shares} />}
    </ResourceFrame>
  );
});

function Shares(props: MemberAllocationsViewProps & { shares: MemberShares }) {
  const { resource, shares, onMetricChange, more, parts, headingLevel = 2 } = props;
  const allocate = parts?.actions === false ? undefined : props.allocate;
  const messages = useMessages('memberAllocations', memberAllocationsMessages);
  const format = useFormat(shares.timeZone);
  const selectId = useId();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [edit, setEdit] = useState<ShareEdit>();
  const { metrics, members, used } = shares;
  const metric = metrics.find((each) => each.metric === shares.metric);
  const selected = members.filter(({ id }) => chosen.has(id));
  const choose = (ids: Iterable<string>) => setChosen(new Set(ids));
  if (!metric) {
    return (
      <Card title={messages.title} headingLevel={headingLevel}>
        <EmptyState title={messages.emptyTitle} detail={messages.emptyDetail} />
      </Card>
    );
  }
  const decimals = {
    used: columnDecimals(members.map(({ id }) => used[id] ?? '0')),
    share: columnDecimals(members.map(({ allocations }) => allocations[metric.metric])),
  };
  return (
    <Card
      title={messages.title}
      headingLevel={headingLevel}
      caption={messages.caption}
      side={resource.status === 'stale' && <StaleNote asOf={shares.asOf} format={format} />}
    >
      <div className="uk-shares-bar">
        <label className="uk-check-line" htmlFor={selectId}>
          {messages.metric}
          <select
            id={selectId}
            className="uk-select"
            value={metric.metric}
            onChange={(event) => onMetricChange?.(event.target.value)}
          >
            {metrics.map((each) => (
              <option key={each.metric} value={each.metric}>
                {each.label}
              </option>
            ))}
          </select>
        </label>
        {allocate && (
          <div className="uk-setting-side">
            <label className="uk-check-line">
              <input
                type="checkbox"
                className="uk-check"
                checked={members.length > 0 && selected.length === members.length}
                onChange={({ target }) => choose(target.checked ? members.map(({ id }) => id) : [])}
              />
              {selected.length > 0 ? messages.selected(format.number(selected.length)) : messages.selectAll}
            </label>
            <BulkButton
              isReady={selected.length > 0}
              label={messages.clearSelected}
              onClick={() => setEdit({ members: selected, clears: true })}
            />
            <BulkButton
              isReady={selected.length > 0}
              label={messages.setSelected}
              onClick={() => setEdit({ members: selected, clears: false })}
            />
          </div>
        )}
      </div>
      <ul className="uk-list uk-shares">
        {members.map((member) => (
          <ShareRow
            key={member.id}
            member={member}
            metric={metric}
            used={used[member.id] ?? '0'}
            total={parts?.total === false ? undefined : shares.total}
            days={(parts?.days !== false && shares.days?.[member.id]) || []}
            showsRole={parts?.role !== false}
            isChosen={chosen.has(member.id)}
            onChoose={
              allocate &&
              ((isChosen) =>
                choose(isChosen ? [...chosen, member.id] : [...chosen].filter((id) => id !== member.id)))
            }
            onEdit={() => setEdit({ members: [member], clears: false })}
            decimals={decimals}
            format={format}
          />
        ))}
      </ul>
      {parts?.more !== false && more?.hasMore && (
        <p className="uk-activity-more">
          <LinkButton onClick={() => void more.loadMore()} aria-disabled={more.isLoadingMore || undefined}>
            {more.isLoadingMore ? messages.loadingMore : messages.loadMore}
          </LinkButton>
        </p>
      )}
      {more?.loadMoreError && (
        <p className="uk-problem" role="alert">
          {messages.moreFailed}
        </p>
      )}
      {edit && allocate && (
        <ShareDialog
          edit={edit}
          metric={metric}
          used={used}
          allocate={allocate}
          onClear={() => setEdit({ ...edit, clears: true })}
          onClose={() => setEdit(undefined)}
          format={format}
        />
      )}
    </Card>
  );
}

interface BulkButtonProps {
  isReady: boolean;
  label: string;
  onClick: () => void;
}

/** It stays where it is while nobody is selected, so that the focus has where to go back to. */
const BulkButton = ({ isReady, label, onClick }: BulkButtonProps) => (
  <Button aria-disabled={!isReady || undefined} onClick={() => isReady && onClick()}>
    {label}
  </Button>
);

interface ShareRowProps {
  member: Member;
  metric: ShareableMetric;
  used: DecimalString;
  total: DecimalString | undefined;
  days: readonly number[];
  showsRole: boolean;
  isChosen: boolean;
  onChoose: ((isChosen: boolean) => void) | undefined;
  onEdit: () => void;
  /** Of what members used, and of their shares. */
  decimals: { used: number; share: number };
  format: Format;
}

function ShareRow(props: ShareRowProps) {
  const { member, metric, used, total, days, showsRole, isChosen, onChoose, onEdit, decimals, format } =
    props;
  const messages = useMessages('memberAllocations', memberAllocationsMessages);
  const { name, role } = member;
  const share = member.allocations[metric.metric];
  const isReached = share !== undefined && Number(subtractDecimals(share, used)) <= 0;
  const percent = share === undefined ? 0 : Number(share) === 0 ? 100 : (Number(used) / Number(share)) * 100;
  return (
    <li className="uk-share-row">
      {onChoose && (
        // A finger needs more than the box.
        <label className="uk-check-line">
          <input
            type="checkbox"
            className="uk-check"
            aria-label={messages.select(name)}
            checked={isChosen}
            onChange={({ target }) => onChoose(target.checked)}
          />
        </label>
      )}
      <div className="uk-share-who">
        <p className="uk-setting-name" dir="auto">
          {name}
        </p>
        {showsRole && <p className="uk-caption">{messages.role[role]}</p>}
      </div>
      <div className="uk-share-use">
        <p className="uk-setting-value">
          <span className="uk-strong">
            {share === undefined
              ? format.amount(used, metric.unit, decimals.used).text
              : unbroken(
                  messages.usedOf(
                    format.figure(used, metric.unit, decimals.used).text,
                    format.amount(share, metric.unit, decimals.share).text,
                  ),
                )}
          </span>
          {share === undefined && `\u00a0· ${messages.shared}`}
          {isReached && `\u00a0· ${messages.reached}`}
        </p>
        {total !== undefined && Number(total) > 0 && (
          <p className="uk-caption">
            {messages.ofAll(format.percent((Number(used) / Number(total)) * 100))}
            {days.length > 1 && days.some((value) => value !== 0) && (
              <>
                {' '}
                <Sparkline values={days} label={messages.trend(name, format.number(days.length))} />
              </>
            )}
          </p>
        )}
        {share !== undefined && (
          <MeterBar
            Beyond={Beyond}
            size="thin"
            label={name}
            level={meterLevel(percent)}
            percent={Math.min(100, percent)}
            valueText={messages.usedOf(format.number(used), format.amount(share, metric.unit).exact)}
          />
        )}
      </div>
      {onChoose && (
        <Button aria-label={isReached ? messages.raiseOf(name) : messages.editOf(name)} onClick={onEdit}>
          {isReached ? messages.raise : messages.edit}
        </Button>
      )}
    </li>
  );
}
