import { useCheck } from '@usagekit/react';
import { type Depth, taskItems } from '../../task-items.ts';
import { formatCredits } from '../format-credits.ts';

/** What the task sets aside, and whether the balance covers it. */
export function TaskCost({ model, depth }: { model: string; depth: Depth }) {
  const { data } = useCheck({ items: taskItems(model, depth) });
  if (!data) return null;
  const { cost, allowed, remaining } = data;
  return (
    <p className="task-cost" data-covered={allowed}>
      Up to <strong>{formatCredits(cost.amount)} credits</strong>
      {allowed
        ? '; what is not used goes back.'
        : `; ${formatCredits(remaining.credits.available)} are left.`}
    </p>
  );
}
