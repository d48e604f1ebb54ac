import { apiBounds } from '../../../contract/api-bounds.ts';
import { diagnosis } from '../../../contract/diagnosis/diagnosis-schemas.ts';
import { msPerDay } from '../../../contract/values/durations.ts';
import type { Micros } from '../../../domain/amounts/amounts.ts';
import type { Seen, TasksSeen } from '../../../domain/diagnosis/causes.ts';
import { diagnose, refusingStandings } from '../../../domain/diagnosis/diagnosis.ts';
import { levelOf } from '../../../domain/limits/limits.ts';
import { dayOf } from '../../../domain/time/calendar.ts';
import { creditsMetric } from '../../../domain/usage/cells.ts';
import type { UsageRecord } from '../../../domain/usage/state.ts';
import type { TaskFilter } from '../../../store/store.ts';
import { showsBalance } from '../../access/amounts-in-view.ts';
import { type AccountReading, assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { readingReply } from '../../http/reply/reply.ts';
import { readers, route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { diagnosisView, type LargestAgents } from './diagnosis-view.ts';

/** Why work is blocked, if it is. What it reads of history is bounded by `limits.diagnosis...`, however long that is. */
export const getDiagnosis = route('GET /v1/accounts/:accountId/diagnosis', {
  words: 'Why work is blocked, if it is: tasks, then usage, then billing, with remedies',
  callers: readers,
  answers: { 200: diagnosis },
  async handle({ services, params, caller }) {
    const reading = await readAccount(services, params.accountId, caller);
    const { view } = reading.viewer;
    assertMaySee(view.usage !== 'none' || view.tasks !== 'none');
    const { state, catalog, member, nowMs } = reading;
    const seen = await readSeen(services, reading);
    const facts = diagnose(
      { state, catalog, member, nowMs, recordedAtMs: services.clock.systemMs, commandId: 'diagnosis' },
      seen,
    );
    const largest = await readLargestAgents(services, reading, facts.causes);
    return readingReply(reading, diagnosisView(reading, { seen, facts, largest }));
  },
});

async function readSeen(services: Services, reading: AccountReading): Promise<Seen> {
  const [tasks, uses, days] = await Promise.all([
    readTasks(services, reading),
    readUses(services, reading),
    readDays(services, reading),
  ]);
  const paidUses = uses.length === 0 ? [] : await readPaidUses(services, reading);
  const refusals = services.refusals.of(reading.state.profile.id).filter(isOwnOf(reading));
  return { tasks, uses, paidUses, refusals, days };
}

/** The tasks that the viewer may see. */
async function readTasks({ store }: Services, { state, viewer }: AccountReading): Promise<TasksSeen | null> {
  const { view, memberId } = viewer;
  if (view.tasks === 'none') return null;
  const whose: TaskFilter = {
    accountId: state.profile.id,
    ...(view.tasks === 'own' && memberId !== null ? { memberId } : {}),
  };
  const page = { limit: apiBounds.diagnosisTasksMax };
  const [latest, pending, running] = await Promise.all([
    store.listTasks(whose, page),
    store.listTasks({ ...whose, status: 'pending' }, page),
    store.listTasks({ ...whose, status: 'in_progress' }, page),
  ]);
  return { latest: latest.items, pending: pending.items, running: running.items };
}

/** Uses of the last day, or of the days before where it had none, as on an account that has been stopped for a while. */
async function readUses({ store }: Services, reading: AccountReading): Promise<readonly UsageRecord[]> {
  const { state, nowMs } = reading;
  const page = { limit: apiBounds.diagnosisUsesMax };
  const usesOf = async (days: number) => {
    const span = { accountId: state.profile.id, fromMs: nowMs - days * msPerDay, toMs: nowMs + 1 };
    return (await store.listUsage(span, page)).items;
  };
  const lastDay = await usesOf(1);
  const uses = lastDay.length > 0 ? lastDay : await usesOf(apiBounds.diagnosisDays);
  return uses.filter((usage) => usage.takesBack === undefined).filter(isOwnOf(reading));
}

/** The latest uses that cost anything, which the newest entries of the ledger name. */
async function readPaidUses({ store }: Services, reading: AccountReading): Promise<readonly UsageRecord[]> {
  const { id: accountId } = reading.state.profile;
  const page = await store.listEntries(accountId, { limit: apiBounds.diagnosisUsesMax });
  const paid = page.items.filter(({ kind }) => kind === 'debit' || kind === 'debt');
  const ids = new Set(paid.flatMap(({ usageId }) => usageId ?? []));
  const uses = await Promise.all([...ids].map((id) => store.readUsage(accountId, id)));
  return uses.flatMap((usage) => usage ?? []).filter(isOwnOf(reading));
}

/** Whether a viewer who sees only its own may see it. */
function isOwnOf({ viewer: { view, memberId } }: AccountReading) {
  return ({ dimensions }: Pick<UsageRecord, 'dimensions'>) =>
    view.usageOf === 'all' || memberId === null || dimensions.memberId === memberId;
}

/** Daily use of credits and of every metric close to its limit, for viewers who see everybody's use in units. */
async function readDays(services: Services, reading: AccountReading): Promise<Seen['days']> {
  const { state, catalog, viewer } = reading;
  if (viewer.view.usage !== 'units' || viewer.view.usageOf !== 'all') return new Map();
  const pressing = refusingStandings(reading)
    .filter(
      (standing) => levelOf(standing) !== 'ok' && catalog.metrics.get(standing.metric)?.kind === 'counter',
    )
    .map(({ metric }) => metric);
  const metrics = showsBalance(viewer, catalog.unit) ? [creditsMetric, ...pressing] : pressing;
  const { id: accountId } = state.profile;
  const lastDays = spanOfDays(reading);
  return new Map(
    await Promise.all(
      metrics.map(async (metric): Promise<[string, Micros[]]> => {
        const cells = await services.store.readCells({ accountId, metric, dimension: '', ...lastDays });
        const quantities = Array.from({ length: apiBounds.diagnosisDays }, () => 0n);
        for (const { day, quantity } of cells) quantities[day - lastDays.fromDay] = quantity;
        return [metric, quantities];
      }),
    ),
  );
}

function spanOfDays({ state, nowMs }: AccountReading): { fromDay: number; toDay: number } {
  const toDay = dayOf(nowMs, state.profile.timeZone) + 1;
  return { fromDay: toDay - apiBounds.diagnosisDays, toDay };
}

/** Which agent used most on a day that was unusual. */
async function readLargestAgents(
  services: Services,
  reading: AccountReading,
  causes: ReturnType<typeof diagnose>['causes'],
): Promise<LargestAgents> {
  const { fromDay } = spanOfDays(reading);
  const { id: accountId } = reading.state.profile;
  const largest = new Map<string, { agentId: string; quantity: Micros }>();
  for (const cause of causes) {
    if (cause.kind !== 'usage_spike') continue;
    const day = fromDay + cause.spike.dayIndex;
    const { metric } = cause;
    const span = { fromDay: day, toDay: day + 1 };
    const cells = await services.store.readCells({ accountId, metric, dimension: 'agent', ...span });
    const [most] = cells.toSorted((a, b) => (a.quantity > b.quantity ? -1 : 1));
    if (most !== undefined) largest.set(metric, { agentId: most.value, quantity: most.quantity });
  }
  return largest;
}
