import type { CreditUnit, DecimalString, Instant, UnitLabel } from './amount.ts';
import type { CreditPack } from './catalog.ts';
import type { Action, Refusal } from './gate.ts';
import type { TaskStatus } from './tasks.ts';
import type { MeterLevel } from './usage.ts';

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
  /** A model with which the same run fits what is available; absent where none does, or the caller may not see the balance. */
  cheaperModel?: { id: string | null; label: string; cost: DecimalString };
  /** When the gate refused just this, where that was in the last hour; such a finding comes first. */
  refusedAt?: Instant;
}

/** Tasks that ended with an error, have not moved, or wait although nothing holds them back. */
export interface TaskFinding extends Found {
  kind: 'tasks_failed' | 'tasks_stuck' | 'tasks_waiting';
  area: 'tasks';
  /** How many there are among those that were looked at. */
  count: number;
  /** The latest of them, at most 3. */
  tasks: DiagnosedTask[];
}

/** Credits are left, for a few more runs only. Told to those who may see the balance. */
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

/** A day on which far more was used than on the account's own days before it. Told to those who see everybody's use in units. */
export interface SpikeFinding extends Found {
  kind: 'usage_spike';
  area: 'usage';
  severity: 'warning';
  /** A metric id, or `credits`. */
  metric: string;
  label: string;
  unit: UnitLabel;
  /** The day's start in the account's zone; the present day, or the one before. */
  day: Instant;
  used: DecimalString;
  /** The median of the days before it on which anything was used. */
  usual: DecimalString;
  /** Days that `usual` comes from, 3 to 7. */
  daysCompared: number;
  /** What used most of it; null where that was reported without an agent. */
  largest: { agentId: string; sharePercent: number } | null;
}

/** Uses that were counted and wait for a price. Told to those who see everybody's use in units. */
export interface UnpricedFinding extends Found {
  kind: 'use_unpriced';
  area: 'usage';
  severity: 'note';
  count: number;
  /** What has no price, most uses first, at most 3; none where the caller may not see names of models. */
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
  /** What the gate refuses beyond. */
  limit: DecimalString | null;
  /** Of what the gate refuses beyond; a soft limit's meter shows more, since it is of what is included. */
  percent: number;
  level: MeterLevel;
  resetsAt: Instant | null;
  actions: Action[];
}

export type Finding =
  | GateFinding
  | TaskFinding
  | CreditFinding
  | SpikeFinding
  | UnpricedFinding
  | LimitFinding;

/** What one area was looked at for. */
export interface AreaLookedAt {
  area: DiagnosisArea;
  /** False where the caller's role may not see it; then nothing was looked at. */
  permitted: boolean;
  /** How many tasks, days of use, or limits. */
  count: number;
  /** Of the worst finding; null where there is none. */
  severity: FindingSeverity | null;
}

/** What a block means for the tasks that the caller may see. */
export interface WorkInProgress {
  /** Tasks in progress and tasks that wait, among those that were looked at. */
  running: number;
  waiting: number;
  /** False where some running task would be refused what it uses next. */
  goesOn: boolean;
}

/** Answer of `GET /v1/accounts/{id}/diagnosis`: why work is blocked, if it is. */
export interface Diagnosis {
  accountId: string;
  status: 'blocked' | 'at_risk' | 'clear';
  /** What blocks first, then by area in the order in which they are looked at; the first of a blocked account is the cause. */
  findings: Finding[];
  /** In the order in which they were looked at. */
  lookedAt: AreaLookedAt[];
  /** Null where the caller may see no tasks. */
  workInProgress: WorkInProgress | null;
  creditLabel: UnitLabel;
  /** The account's zone, in which days are counted. */
  timeZone: string;
  asOf: Instant;
}
