import type { Action, Diagnosis, Finding, Instant } from '@usagekit/server/contract';
import type { Format } from '../../format/create-format.ts';
import { formatAgo } from '../../format/format-ago.ts';
import { writePrice } from '../../format/write-price.ts';
import type { Messages } from '../../messages/messages.ts';
import { refusalTitle, refusalWords } from '../out-of-credits/refusal-words.ts';

type TaskFinding = Extract<Finding, { kind: 'tasks_failed' | 'tasks_stuck' | 'tasks_waiting' }>;

/** The texts and formats of findings. */
export interface FindingWriting {
  diagnosis: Pick<Diagnosis, 'asOf' | 'workInProgress'>;
  /** In the account's time zone. */
  format: Format;
  messages: Messages['whyBlocked'];
  refusals: Messages['outOfCredits'];
}

/** One finding in words. */
export interface FindingWords {
  title: string;
  /** Sentences, each with figures that the reader may see. */
  lines: string[];
}

export function findingWords(finding: Finding, writing: FindingWriting): FindingWords {
  switch (finding.kind) {
    case 'gate_refuses':
      return gateWords(finding, writing);
    case 'tasks_failed':
    case 'tasks_stuck':
    case 'tasks_waiting':
      return taskWords(finding, writing);
    case 'credits_low':
      return creditWords(finding, writing);
    case 'usage_spike':
      return spikeWords(finding, writing);
    case 'use_unpriced':
      return unpricedWords(finding, writing);
    case 'limit_near':
      return limitWords(finding, writing);
  }
}

type Of<Kind extends Finding['kind']> = Extract<Finding, { kind: Kind }>;

function gateWords(finding: Of<'gate_refuses'>, writing: FindingWriting): FindingWords {
  const { diagnosis, format, messages, refusals } = writing;
  const { refusal, waitingTask, packs, refusedAt } = finding;
  const ways: string[] = [];
  if (packs.length > 0) {
    const named = packs.map(({ label, price }) =>
      price ? messages.pack(label, writePrice(price, format)) : label,
    );
    ways.push(messages.packs(listOf(named, format)));
  }
  if (refusal.resetsAt) {
    const { resetsAt } = refusal;
    const { asOf } = diagnosis;
    ways.push(refusals.resets(format.relativeDay(resetsAt, asOf), format.date(resetsAt, asOf)));
  }
  const needed = creditsNeeded(finding, writing);
  const before = refusedAt ? `${refusedWords(refusedAt, writing)} ` : '';
  const lines = [before + (needed ?? refusalWords(refusal, refusals, format))];
  if (waitingTask && needed === undefined) lines.push(messages.taskWaits(waitingTask.name));
  const { cheaperModel, typicalRun } = finding;
  // A model that fits is offered before the message that credits are out.
  if (cheaperModel) {
    const cost = format.amount(cheaperModel.cost, typicalRun?.unit ?? 'credits').text;
    lines.unshift(messages.cheaperFits(cheaperModel.label, cost));
  }
  if (ways.length > 0) lines.push(ways.join(' '));
  const title = cheaperModel ? messages.cheaperTitle : refusalTitle(refusal, refusals, format);
  return { title, lines };
}

function refusedWords(refusedAt: Instant, { diagnosis, format, messages }: FindingWriting): string {
  const ago = formatAgo(refusedAt, diagnosis.asOf, format, '');
  return ago ? messages.refusedAgo(ago) : messages.refusedJustNow;
}

/** The missing amount, if the reader may see it; otherwise the refusal's own sentence. */
function creditsNeeded(
  finding: Of<'gate_refuses'>,
  { format, messages }: FindingWriting,
): string | undefined {
  const { refusal, typicalRun, waitingTask, refusedAt } = finding;
  const { reason, available, requested } = refusal;
  if (reason !== 'insufficient_credits' || available === undefined || requested === undefined) return;
  const unit = typicalRun?.unit ?? 'credits';
  const needed = format.amount(requested, unit).text;
  const left = format.amount(available, unit).text;
  if (waitingTask) return messages.taskNeeds(waitingTask.name, needed, left);
  return refusedAt ? messages.refusedNeeds(needed, left) : messages.runNeeds(needed, left);
}

const taskTexts = {
  tasks_failed: ['tasksFailed', 'tasksFailedAdvice'],
  tasks_stuck: ['tasksStuck', 'tasksStuckAdvice'],
  tasks_waiting: ['tasksWaiting', 'tasksWaitingAdvice'],
} as const;

function taskWords({ kind, count }: TaskFinding, { format, messages }: FindingWriting): FindingWords {
  const [title, advice] = taskTexts[kind];
  return { title: messages[title](count, format.number(count)), lines: [messages[advice]] };
}

function creditWords(finding: Of<'credits_low'>, { format, messages }: FindingWriting): FindingWords {
  const { available, runsLeft, typicalRun } = finding;
  const { cost, unit } = typicalRun;
  return {
    title: messages.creditsLow(runsLeft, format.number(runsLeft)),
    lines: [messages.creditsLowDetail(format.amount(available, unit).text, format.amount(cost, unit).text)],
  };
}

function spikeWords(finding: Of<'usage_spike'>, writing: FindingWriting): FindingWords {
  const { label, unit, day, used, usual, largest } = finding;
  const { diagnosis, format, messages } = writing;
  const amount = (value: string) => format.amount(value, unit).text;
  const lines = [messages.spikeDetail(amount(used), format.date(day, diagnosis.asOf), amount(usual))];
  if (largest) lines.push(messages.spikeLargest(largest.agentId, format.percent(largest.sharePercent)));
  return { title: messages.spike(label), lines };
}

function unpricedWords(
  { count, names }: Of<'use_unpriced'>,
  { format, messages }: FindingWriting,
): FindingWords {
  const lines = [messages.unpricedDetail];
  if (names.length > 0)
    lines.push(
      messages.unpricedNames(
        listOf(
          names.map(({ name }) => name),
          format,
          'conjunction',
        ),
      ),
    );
  return { title: messages.unpriced(count, format.number(count)), lines };
}

function limitWords(
  finding: Of<'limit_near'>,
  { diagnosis, format, messages }: FindingWriting,
): FindingWords {
  const { label, unit, used, limit, percent, resetsAt } = finding;
  const lines = [
    used !== null && limit !== null
      ? messages.limitFigures(format.short(used).text, format.amount(limit, unit).text)
      : messages.limitPercent(format.percent(percent)),
  ];
  if (resetsAt) lines.push(messages.limitResets(format.relativeDay(resetsAt, diagnosis.asOf)));
  return { title: percent < 100 ? messages.limitNear(label) : messages.limitReached(label), lines };
}

/** The cause's effect on running work, in one or two sentences. */
export function workWords(cause: Finding, { diagnosis, format, messages }: FindingWriting): string {
  if (cause.kind !== 'gate_refuses') return messages.othersGoOn;
  const { running = 0, waiting = 0, goesOn = true } = diagnosis.workInProgress ?? {};
  const text = goesOn ? messages.runningGoesOn : messages.runningMayStop;
  const sentences = [running === 0 ? messages.nothingRuns : text(running, format.number(running))];
  if (waiting > 0) sentences.push(messages.waiting(waiting, format.number(waiting)));
  return sentences.join(' ');
}

/** The remedies, the best first. */
export function actionsOf(finding: Finding): Action[] {
  if (finding.kind === 'gate_refuses') return finding.refusal.actions;
  return 'actions' in finding ? finding.actions : [];
}

function listOf(words: string[], { locale }: Format, type: Intl.ListFormatType = 'disjunction'): string {
  return new Intl.ListFormat(locale, { type }).format(words);
}
