'use client';
import type { DecimalString, Use } from '@usagekit/server/contract';
import { useState } from 'react';
import { sumDecimals } from '../../../derive/decimal.ts';
import type { columnDecimals } from '../../../format/column-decimals.ts';
import type { Format } from '../../../format/create-format.ts';
import type { exactColumnDecimals } from '../../../format/exact-column-decimals.ts';
import type { PagedResource } from '../../../hooks/base/use-pages.ts';
import type { Messages } from '../../../messages/messages.ts';
import { Button } from '../../parts/controls/button.tsx';
import { LinkButton } from '../../parts/controls/link-button.tsx';
import { FigureTable } from '../../parts/figure-table.tsx';
import { Skeleton } from '../../parts/widget/skeleton.tsx';
import { Amount } from '../../parts/words/amount.tsx';
import { Moment } from '../../parts/words/moment.tsx';
import { ErrorState } from '../../states/error-state.tsx';
import { UseExplanation } from './use-explanation.tsx';

export interface UsesListProps {
  /** Of the metric. */
  label: string;
  /** The unit as `format.amount` takes it. */
  unit: Parameters<Format['amount']>[1];
  accountId?: string | undefined;
  /** In the account's time zone. */
  format: Format;
  resource: PagedResource<Use>;
  /** The decimals of a column of short figures, or of one whose every digit is shown, as next to other exact figures. */
  decimalsOf: typeof columnDecimals | typeof exactColumnDecimals;
  /** Whether every digit is shown. */
  isExact?: boolean | undefined;
  /** Opens a use's task; without it, all of them are of the task that is shown. */
  onTask?: ((taskId: string) => void) | undefined;
  messages: Messages['uses'];
}

/**
 * Uses, each with the words that explain its charge, over their sum. Renders a `table`, with the states of what it shows. Reads the
 * explanation of a use once it is opened.
 */
export function UsesList(props: UsesListProps) {
  const { resource, onTask, label, unit, accountId, decimalsOf, isExact = false, format, messages } = props;
  const [explainedId, setExplainedId] = useState<string>();
  const { data, error, refresh, hasMore, isLoadingMore, loadMore } = resource;
  if (!data) {
    if (error) return <ErrorState what={messages.what} error={error} onRetry={refresh} />;
    return <Skeleton height={180} />;
  }
  const { items } = data;
  if (items.length === 0 && !hasMore) return <p className="uk-muted">{messages.none}</p>;
  const count = format.number(items.length);
  const quantities = items.map(({ quantity }) => quantity);
  const sum = sumDecimals(quantities);
  const decimals = decimalsOf([...quantities, sum]);
  const write = (quantity: DecimalString) => {
    const { text, exact } = format.amount(quantity, unit, decimals);
    return { text: isExact ? exact : text, exact };
  };
  return (
    <>
      <FigureTable
        heads={[
          { key: 'use', words: messages.use },
          { key: 'figure', words: label },
        ]}
        sumLabel={hasMore ? messages.totalSoFar(items.length, count) : messages.total(items.length, count)}
        sums={[<Amount key="sum" value={write(sum)} />]}
      >
        {items.map((use) => (
          <tr key={use.id} className="uk-breakdown-row">
            <th className="uk-lines-cell" scope="row">
              {onTask && <UseName use={use} onTask={onTask} messages={messages} />}
              <span className="uk-caption uk-use-under">
                <Moment at={use.at} asOf={data.asOf} format={format} />
                <LinkButton
                  aria-expanded={explainedId === use.id}
                  onClick={() => setExplainedId(explainedId === use.id ? undefined : use.id)}
                >
                  {messages.explain}
                </LinkButton>
              </span>
              {explainedId === use.id && (
                <UseExplanation useId={use.id} {...{ accountId, format, messages }} />
              )}
            </th>
            <td className="uk-lines-cell uk-end">
              <Amount value={write(use.quantity)} />
            </td>
          </tr>
        ))}
      </FigureTable>
      {hasMore && (
        <div className="uk-tasks-foot">
          <Button
            kind="quiet"
            aria-disabled={isLoadingMore || undefined}
            onClick={isLoadingMore ? undefined : () => void loadMore(200)}
          >
            {messages.more}
          </Button>
        </div>
      )}
    </>
  );
}

interface UseNameProps {
  use: Use;
  onTask: (taskId: string) => void;
  messages: Messages['uses'];
}

function UseName({ use, onTask, messages }: UseNameProps) {
  const { taskId, taskName, agentId, projectId, memberId, memberName = memberId, apiKeyId } = use;
  const by = [agentId, projectId, memberName, apiKeyId].filter((each) => each !== null).join(' · ');
  return (
    <>
      {taskId !== null && taskName !== null ? (
        <LinkButton dir="auto" aria-label={messages.openTask(taskName)} onClick={() => onTask(taskId)}>
          {taskName}
        </LinkButton>
      ) : (
        <span className="uk-muted">{messages.noTask}</span>
      )}
      {by && (
        <span className="uk-caption uk-use-by" dir="auto">
          {by}
        </span>
      )}
    </>
  );
}
