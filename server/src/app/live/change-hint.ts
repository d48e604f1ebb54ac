import type { View } from '../../contract/live/stream.ts';
import { type Facts, joinFacts } from '../../domain/facts.ts';
import type { AccountState } from '../../domain/state.ts';
import { changedParts, everyView, type Part, viewsOf } from './views.ts';

/** The facts that this process knows about one committed change, or about several in a row. */
export interface ChangeHint {
  readonly parts: ReadonlySet<Part>;
  /** The additions to the account's history. */
  readonly facts: Facts;
  /** Versions of the account before the first and after the last of them. */
  readonly since: number;
  readonly version: number;
  /** How many they are: as many as lie between the versions, unless another process or a member's change is among them. */
  readonly changes: number;
}

/** The change made by a command of this process. */
export function changeHint(before: AccountState, after: AccountState, facts: Facts): ChangeHint {
  return {
    parts: changedParts(before, after, facts),
    facts,
    since: before.version,
    version: after.version,
    changes: 1,
  };
}

export function joinHints(first: ChangeHint | undefined, second: ChangeHint): ChangeHint {
  if (first === undefined) return second;
  return {
    parts: new Set([...first.parts, ...second.parts]),
    facts: joinFacts(first.facts, second.facts),
    since: Math.min(first.since, second.since),
    version: Math.max(first.version, second.version),
    changes: first.changes + second.changes,
  };
}

/** The message for a reader who knows one version and is to learn the next. */
export interface Change {
  readonly views: readonly View[];
  /** Absent where something is among the changes that this process did not make, or with which all that a member sees may change. */
  readonly facts: Facts | undefined;
  /** Tasks that this process changed, also where that is not all. */
  readonly tasks: Facts['tasks'];
}

/** The change from a version that was told to the one that was read, as far as the hint accounts for all that lies between. */
export function changeBetween(hint: ChangeHint | undefined, since: number, version: number): Change {
  const isWhole =
    hint !== undefined &&
    hint.since <= since &&
    hint.version >= version &&
    hint.changes === hint.version - hint.since;
  const tasks = hint?.facts.tasks ?? [];
  if (!isWhole) return { views: everyView, facts: undefined, tasks };
  const isExact = hint.since === since && hint.version === version;
  return { views: viewsOf(hint.parts), facts: isExact ? hint.facts : undefined, tasks };
}
