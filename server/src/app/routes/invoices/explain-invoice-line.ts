import { apiBounds } from '../../../contract/api-bounds.ts';
import type { InvoicedUse } from '../../../contract/invoices/invoices.ts';
import { explainedInvoiceLine } from '../../../contract/invoices/invoices-schemas.ts';
import { msPerDay } from '../../../contract/values/durations.ts';
import { pageQuery } from '../../../contract/values/primitive-schemas.ts';
import { formatAmount, type Micros, microsPerUnit } from '../../../domain/amounts/amounts.ts';
import type { InvoiceLineRecord, InvoiceRecord } from '../../../domain/invoices/state.ts';
import type { InvoicedPart, UsageRecord } from '../../../domain/usage/state.ts';
import type { PageRequest } from '../../../store/store.ts';
import { moneyView } from '../../access/money-view.ts';
import { memberNameOf, readMemberNames } from '../../accounts/member-names.ts';
import { formatInstant } from '../../http/instants.ts';
import { AppError } from '../../http/reply/problem.ts';
import { readingReply } from '../../http/reply/reply.ts';
import { pageRequest } from '../../http/request/page-request.ts';
import { readers, route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { readSeenTasks } from '../tasks/seen-tasks.ts';
import { invoiceLineView } from './invoice-views.ts';
import { readInvoice } from './read-invoice.ts';

/** Pages of uses that one request looks through. */
const pagesMax = 10;

/** How a line's amount comes about, down to the uses whose units add up to it. */
export const explainInvoiceLine = route('GET /v1/accounts/:accountId/invoices/:invoiceId/lines/:lineId', {
  words: 'How the amount of a line comes about, down to the uses that it bills',
  callers: readers,
  query: pageQuery,
  answers: { 200: explainedInvoiceLine },
  async handle({ services, params, query, caller }) {
    const { reading, invoice } = await readInvoice(services, params, caller);
    const line = invoice.lines.find(({ id }) => id === params.lineId);
    if (line === undefined)
      throw new AppError('not_found', `${invoice.number} has no line '${params.lineId}'`);
    const { uses, nextCursor, isComplete } = await usesOf(services, invoice, line, pageRequest(query));
    const names = await readMemberNames(
      services,
      invoice.accountId,
      uses.map(({ memberId }) => memberId),
    );
    const tasks = await readSeenTasks(
      services,
      reading,
      uses.map(({ taskId }) => taskId),
    );
    const named = uses.map((use) => ({
      ...use,
      ...memberNameOf(use.memberId, names),
      taskName: (use.taskId !== null && tasks.get(use.taskId)?.name) || null,
    }));
    const of = wholeOf(line, invoice);
    return readingReply(reading, {
      line: invoiceLineView(line, invoice.currency),
      price: line.rateText === '' ? null : line.rateText,
      of: of === null ? null : moneyView(of, invoice),
      causeId: line.causeId,
      uses: { items: named, nextCursor },
      isComplete,
    });
  },
});

/** The price of the whole period, if the line is a share of it, or the taxed sum. */
function wholeOf(
  { kind, share, rate, quantity }: InvoiceLineRecord,
  { lines }: InvoiceRecord,
): Micros | null {
  if (kind === 'tax') {
    const taxed = lines.filter((line) => line.kind !== 'tax' && line.kind !== 'balance');
    return taxed.reduce((sum, { amount }) => sum + amount, 0n);
  }
  if (share === null || rate === null || quantity === null) return null;
  return (rate * quantity) / microsPerUnit;
}

interface FoundUses {
  readonly uses: Omit<InvoicedUse, 'taskName' | 'memberName'>[];
  readonly nextCursor: string | null;
  readonly isComplete: boolean;
}

async function usesOf(
  { store }: Services,
  { accountId }: InvoiceRecord,
  line: InvoiceLineRecord,
  page: PageRequest,
): Promise<FoundUses> {
  const { kind, metric, causeId, coversFromMs, coversToMs } = line;
  if (metric === null) return { uses: [], nextCursor: null, isComplete: true };
  if (kind === 'late_usage') {
    const usage = causeId === null ? undefined : await store.readUsage(accountId, causeId);
    const part = usage === undefined ? null : partOf(usage, { metric, fromMs: null });
    if (usage === undefined || part === null) return { uses: [], nextCursor: null, isComplete: false };
    return { uses: [invoicedUseView(usage, part)], nextCursor: null, isComplete: true };
  }
  // A report may come a little ahead of the cycle's end, and one from before the first cycle counts in that.
  const span = {
    accountId,
    fromMs: coversFromMs - apiBounds.eventAgeDaysMax * msPerDay,
    toMs: coversToMs + apiBounds.eventFutureSecondsMax * 1_000,
  };
  const uses: FoundUses['uses'] = [];
  let isComplete = true;
  let cursor = page.cursor ?? null;
  for (let pages = 0; pages < pagesMax; pages++) {
    const read = await store.listUsage(span, {
      limit: page.limit,
      ...(cursor === null ? {} : { cursor }),
    });
    for (const usage of read.items) {
      if (usage.invoiced === null) isComplete = false;
      const part = partOf(usage, { metric, fromMs: coversFromMs });
      if (part !== null) uses.push(invoicedUseView(usage, part));
    }
    cursor = read.nextCursor;
    if (cursor === null || uses.length > 0) break;
  }
  return { uses, nextCursor: cursor, isComplete };
}

/** The part of a use that a line of the metric bills; null for none. */
function partOf(
  { invoiced }: UsageRecord,
  { metric, fromMs }: Pick<InvoicedPart, 'metric' | 'fromMs'>,
): Micros | null {
  return invoiced?.find((part) => part.metric === metric && part.fromMs === fromMs)?.quantity ?? null;
}

function invoicedUseView({ id, atMs, dimensions }: UsageRecord, quantity: Micros): FoundUses['uses'][number] {
  const { memberId = null, agentId = null, projectId = null, taskId = null } = dimensions;
  return {
    usageId: id,
    at: formatInstant(atMs),
    quantity: formatAmount(quantity),
    memberId,
    agentId,
    projectId,
    taskId,
  };
}
