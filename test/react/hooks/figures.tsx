import { useCreditBalance, useSummary, useTasks } from '@usagekit/react';

interface FigureProps {
  /** How the test finds it. */
  name?: string;
  accountId?: string;
}

/** `ready 380`: how the balance stands and what is available. */
export function Balance({ name = 'balance', accountId }: FigureProps) {
  const { status, data } = useCreditBalance({ accountId });
  return <output aria-label={name}>{`${status} ${data?.available ?? '-'}`}</output>;
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
