import { useCheck, useCreditBalance, useLedger, useSummary, useTasks, useUsageSeries } from '@usagekit/react';
import type { ComponentType } from 'react';

export interface FigureProps {
  /** How the test finds it. */
  name?: string;
  accountId?: string;
}

/** `ready 380`: how the balance stands and what is available. */
export function Balance({ name = 'balance', accountId }: FigureProps) {
  const { status, data } = useCreditBalance({ accountId });
  return <output aria-label={name}>{`${status} ${data?.available ?? '-'}`}</output>;
}

/** `ready 620`: what was spent in the period, by day. */
export function Spent({ name = 'spent', accountId }: FigureProps) {
  const { status, data } = useUsageSeries({ metric: 'credits' }, { accountId });
  return <output aria-label={name}>{`${status} ${data?.total ?? '-'}`}</output>;
}

/** `ready 380`: the balance after the newest entry of the ledger, which is read in pages. */
export function LedgerBalance({ name = 'ledger', accountId }: FigureProps) {
  const { status, data } = useLedger({ limit: 10, accountId });
  return <output aria-label={name}>{`${status} ${data?.items[0]?.balanceAfter ?? '-'}`}</output>;
}

interface ShownFigure {
  /** What kind of answer it is of. */
  of: string;
  Figure: ComponentType<FigureProps>;
  /** What it shows of each account, at first and once 80 more credits were spent. */
  acme: string;
  acmeAfter80: string;
  globex: string;
  globexAfter80: string;
}

/** One figure for each kind of answer. */
export const figures: ShownFigure[] = [
  {
    of: 'figures that messages carry',
    Figure: Balance,
    acme: 'ready 380',
    acmeAfter80: 'ready 300',
    globex: 'ready 100',
    globexAfter80: 'ready 20',
  },
  {
    of: 'figures that are asked for again',
    Figure: Spent,
    acme: 'ready 620',
    acmeAfter80: 'ready 700',
    globex: 'empty 0',
    globexAfter80: 'ready 80',
  },
  {
    of: 'a list in pages',
    Figure: LedgerBalance,
    acme: 'ready 380',
    acmeAfter80: 'ready 300',
    globex: 'ready 100',
    globexAfter80: 'ready 20',
  },
];

/** `ready 10 more`: entries of the ledger so far. */
export function LedgerPages() {
  const { status, data, hasMore, loadMore, loadMoreError, refresh } = useLedger({ limit: 10 });
  const ids = data?.items.map(({ id }) => id) ?? [];
  const count = new Set(ids).size === ids.length ? ids.length : 'doubled';
  return (
    <>
      <output aria-label="ledger">
        {`${status} ${count} ${hasMore ? 'more' : 'all'} ${loadMoreError?.code ?? ''}`.trim()}
      </output>
      <button type="button" onClick={() => void loadMore()}>
        More
      </button>
      <button type="button" onClick={() => void refresh()}>
        Refresh
      </button>
    </>
  );
}

/** `ready 5`: what so many credits of work would cost. */
export function Cost({ calls }: { calls: number | null }) {
  const { status, data } = useCheck(calls === null ? null : { items: [{ tool: 'work', calls }] });
  return <output aria-label="cost">{`${status} ${data?.cost.amount ?? '-'}`}</output>;
}

/** The same from the summary, which the stream's messages change at once. */
export function SummaryCredits({ name = 'summary' }: FigureProps) {
  const { status, data, error } = useSummary();
  return (
    <output aria-label={name}>
      {`${status} ${data?.credits?.available ?? '-'} ${error?.code ?? ''}`.trim()}
    </output>
  );
}

export function TaskNames() {
  const { status, data, hasMore, loadMore } = useTasks({ limit: 10 });
  return (
    <>
      <output aria-label="tasks">{`${status} ${data?.items.length ?? '-'} ${hasMore ? 'more' : 'all'}`}</output>
      <button type="button" onClick={() => void loadMore()}>
        More
      </button>
    </>
  );
}
