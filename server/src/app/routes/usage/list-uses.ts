import type { Use, UsesQuery } from '../../../contract/usage/uses.ts';
import { usePage, usesQuery } from '../../../contract/usage/uses-schemas.ts';
import { formatAmount } from '../../../domain/amounts/amounts.ts';
import { type AccountReading, readAccount } from '../../accounts/account-reader.ts';
import { type MemberNames, memberNameOf, readMemberNames } from '../../accounts/member-names.ts';
import { formatInstant, parseInstant } from '../../http/instants.ts';
import { invalidParameter } from '../../http/reply/problem.ts';
import { readingReply } from '../../http/reply/reply.ts';
import { pageRequest, pageView } from '../../http/request/page-request.ts';
import { readers, route } from '../../http/route.ts';
import { type CountedUse, type FigureParts, readUses } from '../../usage/uses-reader.ts';
import { readSeenTasks, type SeenTasks } from '../tasks/seen-tasks.ts';
import { assertMaySeeDimension, assertMaySeeMetric, whoseUse } from './get-usage-series.ts';

/** The uses behind a figure, whose quantities sum to it. */
export const listUses = route('GET /v1/accounts/:accountId/uses', {
  words: 'The uses behind one figure of a series, oldest first',
  callers: readers,
  query: usesQuery,
  answers: { 200: usePage },
  async handle({ services, params, query, caller }) {
    const reading = await readAccount(services, params.accountId, caller);
    const page = await readUses(services, figureOf(query, reading), pageRequest(query));
    const tasks = await readSeenTasks(
      services,
      reading,
      page.items.map(({ record }) => record.dimensions.taskId),
    );
    const names = await readMemberNames(
      services,
      params.accountId,
      page.items.map(({ record }) => record.dimensions.memberId),
    );
    const uses = pageView(page, (use) => useView(use, tasks, names));
    return readingReply(reading, { ...uses, asOf: formatInstant(reading.nowMs) });
  },
});

function figureOf(query: UsesQuery, reading: AccountReading): FigureParts {
  const { metric, groupBy, value, except, taskId } = query;
  const { viewer, state, nowMs } = reading;
  assertMaySeeMetric(metric, reading);
  if (groupBy !== undefined) assertMaySeeDimension(groupBy, viewer);
  if (groupBy === undefined && (value !== undefined || except !== undefined))
    throw invalidParameter('?groupBy', 'is missing', 'the dimension of the value');
  const fromMs = parseInstant(query.from);
  const toMs = query.to === undefined ? nowMs + 1 : parseInstant(query.to);
  if (toMs <= fromMs) throw invalidParameter('?to', 'lies before from', 'an instant after from');
  return {
    accountId: state.profile.id,
    timeZone: state.profile.timeZone,
    metric,
    fromMs,
    toMs,
    part: partOf(groupBy, value, except),
    memberId: whoseUse(query.memberId, viewer) ?? undefined,
    taskId,
  };
}

function partOf(
  dimension: string | undefined,
  value: string | undefined,
  except: string | undefined,
): FigureParts['part'] {
  if (dimension === undefined) return null;
  if (value !== undefined) return { dimension, kind: 'of', value };
  if (except !== undefined) return { dimension, kind: 'except', values: new Set(except.split('~')) };
  return null;
}

function useView({ record, quantity }: CountedUse, tasks: SeenTasks, names: MemberNames): Use {
  const { taskId, agentId, memberId, projectId, apiKeyId } = record.dimensions;
  return {
    id: record.id,
    at: formatInstant(record.atMs),
    quantity: formatAmount(quantity),
    taskId: taskId ?? null,
    taskName: (taskId !== undefined && tasks.get(taskId)?.name) || null,
    agentId: agentId ?? null,
    memberId: memberId ?? null,
    ...memberNameOf(memberId, names),
    projectId: projectId ?? null,
    apiKeyId: apiKeyId ?? null,
  };
}
