import type { CreditPack } from '../catalog/catalog-view.ts';
import type { Action, Refusal } from '../gate/gate.ts';
import type { TaskStatus } from '../tasks/tasks.ts';
import type { MeterLevel } from '../usage/usage.ts';
import type { CreditUnit, DecimalString, Instant, ShownUnit, UnitLabel } from '../values/amount.ts';

/** Where a diagnosis looks, in this order. */
export type DiagnosisArea = 'tasks' | 'usage' | 'billing';

/** `blocking` stops work now, `warning` soon will or may have, `note` is worth knowing. */
export type FindingSeverity = 'blocking' | 'warning' | 'note';

/** A task that a finding is about. */
export interface DiagnosedTask {
  id: string;
  name: string;
  status: TaskStatus;
  agentId: string | null;
  error: string | null;
  /** Since when it stands as it does: when it failed, last moved on, or was made. */
  since: Instant;
}

/** The run by whose like it was tried whether work would go through: the middle one of the latest by cost. */
export interface TypicalRun {
  /** Null for single uses and for the least that the rate card charges for. */
  taskId: string | null;
  cost: DecimalString;
  unit: CreditUnit;
}

interface Found {
  area: DiagnosisArea;
  severity: FindingSeverity;
}

/** The gate would refuse: a task that waits, or one more use like the account's latest. */
export interface GateFinding extends Found {
  kind: 'gate_refuses';
  severity: 'blocking';
  refusal: Refusal;
  /** Where credits are short and the caller may see the balance. */
  typicalRun: TypicalRun | null;
  /** The task that cannot start for it. */
  waitingTask: DiagnosedTask | null;
  /** Packs that would let it through, the smallest first; none where the caller may not buy. */
  packs: CreditPack[];
  /** A model with which the same run fits the available amount; absent if none fits, or if the caller may not see the balance. */
  cheaperModel?: { id: string | null; label: string; cost: DecimalString };
  /** When the gate refused just this, where that was in the last hour; such a finding comes first. */
  refusedAt?: Instant;
}

/** Tasks that ended with an error, have not moved, or wait although nothing holds them back. */
export interface TaskFinding extends Found {
  kind: 'tasks_failed' | 'tasks_stuck' | 'tasks_waiting';
  area: 'tasks';
  /** Their number among the examined ones. */
  count: number;
  /** The latest of them, at most 3. */
  tasks: DiagnosedTask[];
}

/** The remaining credits last only for a few more runs. Shown to viewers who may see the balance. */
export interface CreditFinding extends Found {
  kind: 'credits_low';
  area: 'usage';
  severity: 'warning';
  available: DecimalString;
  /** How many more runs like the typical one would go through, 1 to 4. */
  runsLeft: number;
  typicalRun: TypicalRun;
  actions: Action[];
}

/** A day with far more use than the account's days before it. Shown to viewers who see everybody's use in units. */
export interface SpikeFinding extends Found {
  kind: 'usage_spike';
  area: 'usage';
  severity: 'warning';
  /** A metric id, or `credits`. */
  metric: string;
  label: string;
  unit: ShownUnit;
  /** The day's start in the account's zone; the present day, or the one before. */
  day: Instant;
  used: DecimalString;
  /** The median of the days before it on which anything was used. */
  usual: DecimalString;
  /** Days that `usual` comes from, 3 to 7. */
  daysCompared: number;
  /** The agent that used most of it; null for use reported without an agent. */
  largest: { agentId: string; sharePercent: number } | null;
}

/** Uses that were counted and wait for a price. Shown to viewers who see everybody's use in units. */
export interface UnpricedFinding extends Found {
  kind: 'use_unpriced';
  area: 'usage';
  severity: 'note';
  count: number;
  /** Names without a price, most uses first, at most 3; none if the caller may not see names of models. */
  names: { kind: 'model' | 'tool' | 'storage'; name: string; count: number }[];
}

/** A limit that refuses is near. */
export interface LimitFinding extends Found {
  kind: 'limit_near';
  area: 'billing';
  metric: string;
  label: string;
  unit: UnitLabel;
  /** Null where the caller may see percentages only, as is `limit`. */
  used: DecimalString | null;
  /** The limit beyond which the gate refuses. */
  limit: DecimalString | null;
  /**
   * Share of the limit beyond which the gate refuses. A soft limit's meter shows a higher figure, since it is a share of the
   * allowance.
   */
  percent: number;
  level: MeterLevel;
  resetsAt: Instant | null;
  actions: Action[];
}

/** A cause that the diagnosis found. */
export type Finding =
  | GateFinding
  | TaskFinding
  | CreditFinding
  | SpikeFinding
  | UnpricedFinding
  | LimitFinding;

/** The checks of one area. */
export interface AreaLookedAt {
  area: DiagnosisArea;
  /** False where the caller's role may not see it; then nothing was looked at. */
  permitted: boolean;
  /** How many tasks, days of use, or limits. */
  count: number;
  /** Severity of the worst finding; null if there is none. */
  severity: FindingSeverity | null;
}

/** The effects of a block on the tasks that the caller may see. */
export interface WorkInProgress {
  /** Running and waiting tasks among the examined ones. */
  running: number;
  waiting: number;
  /** False where some running task would be refused what it uses next. */
  goesOn: boolean;
}

/** Answer of `GET /v1/accounts/{id}/diagnosis`: why work is blocked, if it is. */
export interface Diagnosis {
  accountId: string;
  status: 'blocked' | 'at_risk' | 'clear';
  /** Blocking findings first, then by area in the order of the checks; the first finding of a blocked account is the cause. */
  findings: Finding[];
  /** In the order in which they were looked at. */
  lookedAt: AreaLookedAt[];
  /** Null where the caller may see no tasks. */
  workInProgress: WorkInProgress | null;
  creditLabel: ShownUnit;
  /** The account's zone, in which days are counted. */
  timeZone: string;
  asOf: Instant;
}
