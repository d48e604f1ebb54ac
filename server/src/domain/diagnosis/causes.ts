import type { DiagnosisArea, FindingSeverity } from '../../contract/diagnosis/diagnosis.ts';
import type { MeterLevel } from '../../contract/usage/usage.ts';
import type { Micros } from '../amounts/amounts.ts';
import type { Model, Pack } from '../catalog/catalog-types.ts';
import type { RefusalFigures } from '../decision.ts';
import type { LimitStanding } from '../limits/limits.ts';
import type { TaskRecord } from '../tasks/state.ts';
import type { Run } from '../tasks/typical-run.ts';
import type { Unpriced } from '../unpriced/state.ts';
import type { Spike } from '../usage/spike.ts';
import type { UsageRecord } from '../usage/state.ts';

/** The tasks that the reader may see, newest first, at most `apiBounds.diagnosisTasksMax` of each. */
export interface TasksSeen {
  /** The latest tasks, in every status. */
  readonly latest: readonly TaskRecord[];
  readonly pending: readonly TaskRecord[];
  readonly running: readonly TaskRecord[];
}

/** A refused request of the gate, as it was made. */
export interface RefusedRequest extends Pick<Run, 'items' | 'dimensions'> {
  readonly atMs: number;
}

/** The input of a diagnosis in addition to the account. */
export interface Seen {
  /** Null where the reader may see none. */
  readonly tasks: TasksSeen | null;
  /** Latest uses, at most `apiBounds.diagnosisUsesMax`. */
  readonly uses: readonly UsageRecord[];
  /** Latest uses that cost anything, from which the typical run is taken; `uses` where it is left out. */
  readonly paidUses?: readonly UsageRecord[];
  /** The reader's recent refusals, newest first. */
  readonly refusals?: readonly RefusedRequest[];
  /** By metric: the use of each of the last days, oldest first, the present day last. */
  readonly days: ReadonlyMap<string, readonly Micros[]>;
}

/** A finding with its figures. The first finding of a blocked account is the cause. */
export type Cause = { readonly area: DiagnosisArea; readonly severity: FindingSeverity } & (
  | {
      readonly kind: 'gate_refuses';
      readonly refusal: RefusalFigures;
      /** The use that was tried, if credits were short. */
      readonly run: Run | null;
      readonly waitingTask: TaskRecord | null;
      /** Those that let it through, the smallest first. */
      readonly packs: readonly Pack[];
      /** The most expensive model with which the same run fits the available amount; null if there is none. */
      readonly cheaper: CheaperModel | null;
      /** When just this was refused, where it was in the last hour. */
      readonly refusedAtMs: number | null;
    }
  | {
      readonly kind: 'tasks_failed' | 'tasks_stuck' | 'tasks_waiting';
      /** Newest first. */
      readonly tasks: readonly TaskRecord[];
    }
  | {
      readonly kind: 'credits_low';
      readonly run: Run;
      readonly runsLeft: number;
      /** How the gate will refuse when they are gone. */
      readonly refusal: RefusalFigures;
    }
  | { readonly kind: 'usage_spike'; readonly metric: string; readonly spike: Spike }
  | { readonly kind: 'use_unpriced'; readonly names: Unpriced['names'] }
  | {
      readonly kind: 'limit_near';
      readonly standing: LimitStanding;
      readonly percent: number;
      readonly level: MeterLevel;
      readonly refusal: RefusalFigures | null;
    }
);

/** A model that fits, and what the run costs with it. */
export interface CheaperModel {
  readonly model: Model;
  readonly cost: Micros;
}
