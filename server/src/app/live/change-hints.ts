import type { View } from '../../contract/stream.ts';
import type { AccountState, Facts } from '../../domain/state.ts';

/** Which views a change touches, and whose tasks it moved. */
export interface ChangeHint {
  readonly views: ReadonlySet<View>;
  /** Ids of tasks with the member they belong to. */
  readonly tasks: ReadonlyMap<string, string | null>;
}

export const everyView: readonly View[] = ['summary', 'usage', 'credits', 'ledger', 'tasks', 'subscription'];

/** What is known of a change that this process did not make: anything may have changed. */
export const unknownChange: ChangeHint = { views: new Set(everyView), tasks: new Map() };

/** The views that a change of an account touches. */
export function changeHint(before: AccountState, after: AccountState, facts: Facts): ChangeHint {
  const views = new Set<View>(['summary']);
  if (after.wallet !== before.wallet) views.add('credits').add('ledger');
  if (after.usage !== before.usage) views.add('usage').add('subscription');
  if (after.holds !== before.holds) views.add('credits').add('usage');
  if (after.profile !== before.profile) views.add('subscription').add('usage');
  if (facts.tasks.length > 0) views.add('tasks');
  return { views, tasks: new Map(facts.tasks.map((task) => [task.id, task.dimensions.memberId ?? null])) };
}

export function joinHints(first: ChangeHint | undefined, second: ChangeHint): ChangeHint {
  if (first === undefined) return second;
  return {
    views: new Set([...first.views, ...second.views]),
    tasks: new Map([...first.tasks, ...second.tasks]),
  };
}
