'use client';
import type { UsageSeries } from '@usagekit/server/contract';
import { type Share, topShares } from '../../derive/usage/top-shares.ts';
import { columnDecimals } from '../../format/column-decimals.ts';
import { useFormat } from '../../format/use-format.ts';
import { useWhoami } from '../../hooks/access/use-whoami.ts';
import type { AccountOptions } from '../../hooks/base/use-session-store.ts';
import { useUsageSeries } from '../../hooks/usage/use-usage-series.ts';
import { spentByMemberMessages } from '../../messages/members/spent-by-member.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { ShareBar } from '../parts/bars/share-bar.tsx';
import { Section } from '../parts/widget/section.tsx';
import { Amount } from '../parts/words/amount.tsx';
import type { CreditBalanceViewProps } from './credit-balance-view.tsx';

type Shown = Pick<CreditBalanceViewProps, 'headingLevel' | 'creditLabel' | 'timeZone'>;

export interface SpentByMemberProps extends AccountOptions, Shown {}

const query = { metric: 'credits', groupBy: 'member' } as const;
const membersMax = 5;

/**
 * What each member spent in the present cycle, the most first, for those whose role sees everybody's use: a part for CreditBalance,
 * `members={<SpentByMember />}`. Renders a section with a list, or nothing. Reads `GET /v1/whoami` and the series of spent credits by member.
 */
export function SpentByMember({ accountId, ...shown }: SpentByMemberProps) {
  const { view } = useWhoami({ accountId }).data ?? {};
  if (view?.usageOf !== 'all' || view.usage !== 'units' || !view.balance) return null;
  return <Loaded {...shown} accountId={accountId} />;
}

function Loaded({ accountId, ...shown }: SpentByMemberProps) {
  const { data } = useUsageSeries(query, { accountId });
  return data ? <SpentByMemberList {...shown} series={data} /> : null;
}

/** The list itself, from figures that are there. */
function SpentByMemberList({
  series,
  headingLevel = 2,
  creditLabel,
  timeZone,
}: Shown & { series: UsageSeries }) {
  const messages = useMessages('spentByMember', spentByMemberMessages);
  const format = useFormat(timeZone, creditLabel);
  // Where no use names a member there is nothing to tell apart.
  if (series.groups.every(({ value }) => value === null)) return null;
  const shares = topShares(series.groups, (count) => messages.rest(count, format.number(count)), membersMax);
  const decimals = columnDecimals(shares.map(({ total }) => total));
  const nameOf = ({ value, label }: Share) => (value === null ? messages.nobody : label);
  return (
    <Section title={messages.title} headingLevel={headingLevel + 1}>
      <ul className="uk-list uk-categories">
        {shares.map((share) => (
          <li key={share.value} className="uk-category">
            <span className="uk-category-name" dir="auto">
              {nameOf(share)}
            </span>
            <ShareBar percent={share.percent} />
            <Amount className="uk-category-share" value={format.amount(share.total, series.unit, decimals)} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
