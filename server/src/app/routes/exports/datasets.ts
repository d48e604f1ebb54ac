import { apiBounds } from '../../../contract/api-bounds.ts';
import type { ExportDataset } from '../../../contract/exports/exports.ts';
import { msPerDay } from '../../../contract/values/durations.ts';
import { formatAmount } from '../../../domain/amounts/amounts.ts';
import { deriveId } from '../../../domain/ids/derived-id.ts';
import { dayOf, startOfDayMs } from '../../../domain/time/calendar.ts';
import type { Count, UsageRecord } from '../../../domain/usage/state.ts';
import { inSlices } from '../../../store/in-slices.ts';
import type { PageRequest, StorePage } from '../../../store/store.ts';
import { backendViewer } from '../../access/viewer.ts';
import type { AccountReading } from '../../accounts/account-reader.ts';
import { formatInstant } from '../../http/instants.ts';
import type { Services } from '../../services.ts';
import { accountView } from '../accounts/account-view.ts';
import { activityView } from '../activity/activity-view.ts';
import { ledgerEntryView } from '../credits/ledger-view.ts';
import { chargeView, invoiceView } from '../invoices/invoice-views.ts';
import { memberView } from '../members/member-view.ts';
import { taskView } from '../tasks/task-view.ts';

/** One row of an export. */
export interface ExportRow {
  /** When it was; null for what has no time of its own. */
  readonly atMs: number | null;
  /** As JSON Lines have it. */
  readonly value: object;
  /** As CSV has it, by the dataset's columns. */
  readonly cells: readonly (string | null)[];
}

export interface ExportSource {
  readonly services: Services;
  readonly reading: AccountReading;
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
}

export interface Dataset {
  readonly columns: readonly string[];
  /**
   * A page at a time at most, so that an export of any size holds one page in memory, and so many rows as are made in the time of a slice: others
   * have their turn before the next.
   */
  pages(source: ExportSource): AsyncGenerator<readonly ExportRow[]>;
}

/** Before every instant that an account may have. */
export const earliestMs = Date.UTC(1, 0, 1);
/** After them. */
export const latestMs = Date.UTC(9999, 11, 31);

export const datasets: Readonly<Record<ExportDataset, Dataset>> = {
  account: {
    columns: [
      'id',
      'kind',
      'name',
      'time_zone',
      'currency',
      'plan_id',
      'anchor_at',
      'test_clock_id',
      'created_at',
    ],
    async *pages({ reading: { state } }) {
      const view = accountView(state.profile);
      const { id, kind, name, timeZone, currency, planId, anchorAt, testClockId, createdAt } = view;
      const cells = [id, kind, name, timeZone, currency, planId, anchorAt, testClockId, createdAt];
      yield [{ atMs: null, value: view, cells }];
    },
  },
  members: {
    columns: ['id', 'name', 'role', 'permissions', 'seat_type', 'created_at'],
    async *pages({ services, reading }) {
      yield* paged(
        services,
        (page) => services.store.listMembers(idOf(reading), page),
        (member) => {
          const view = memberView(member);
          const { id, name, role, permissions, seatType, createdAt } = view;
          return {
            atMs: null,
            value: view,
            cells: [id, name, role, permissions.join(' '), seatType, createdAt],
          };
        },
      );
    },
  },
  usage: {
    columns: ['day', 'metric', 'quantity'],
    async *pages({ services, reading, fromMs, toMs }) {
      const { timeZone } = reading.state.profile;
      const fromDay = dayOf(fromMs, timeZone);
      const toDay = dayOf(toMs - 1, timeZone) + 1;
      const metrics = [...new Set(['credits', ...reading.catalog.metrics.keys()])];
      for (const metric of metrics) {
        const cells = await services.store.readCells({
          accountId: idOf(reading),
          metric,
          dimension: '',
          fromDay,
          toDay,
        });
        const sorted = [...cells].sort((a, b) => a.day - b.day);
        yield* inSlices(sorted, services, ({ day, quantity }) => {
          const value = { day: formatDay(day), metric, quantity: formatAmount(quantity) };
          return { atMs: startOfDayMs(day, timeZone), value, cells: [value.day, metric, value.quantity] };
        });
      }
    },
  },
  events: {
    columns: [
      'id',
      'event_id',
      'at',
      'recorded_at',
      'counts',
      'charge',
      'unit',
      'member_id',
      'agent_id',
      'project_id',
      'workspace_id',
      'task_id',
      'api_key_id',
      'category',
      'source',
      'backfill',
      'takes_back',
    ],
    async *pages({ services, reading, fromMs, toMs }) {
      const accountId = idOf(reading);
      yield* paged(services, (page) => services.store.listUsage({ accountId, fromMs, toMs }, page), eventRow);
    },
  },
  tasks: {
    columns: [
      'id',
      'name',
      'status',
      'agent_id',
      'member_id',
      'project_id',
      'cost',
      'unit',
      'created_at',
      'started_at',
      'ended_at',
      'error',
      'workspace_id',
      'api_key_id',
      'category',
    ],
    async *pages({ services, reading, fromMs, toMs }) {
      const accountId = idOf(reading);
      yield* paged(
        services,
        (page) => services.store.listTasks({ accountId, fromMs, toMs }, page),
        (task) => {
          const view = taskView(task, reading.catalog, backendViewer, reading.state.holds);
          return {
            atMs: task.createdAtMs,
            value: view,
            cells: [
              view.id,
              view.name,
              view.status,
              view.agentId,
              view.memberId,
              view.projectId,
              view.cost,
              view.unit,
              view.createdAt,
              view.startedAt,
              view.endedAt,
              view.error,
              view.workspaceId,
              view.apiKeyId,
              view.category,
            ],
          };
        },
      );
    },
  },
  ledger: {
    columns: [
      'id',
      'kind',
      'amount',
      'unit',
      'balance_after',
      'description',
      'member_id',
      'agent_id',
      'task_id',
      'hold_id',
      'effective_at',
      'recorded_at',
    ],
    async *pages({ services, reading }) {
      yield* paged(
        services,
        (page) => services.store.listEntries(idOf(reading), page),
        (entry) => {
          const view = ledgerEntryView(entry, { catalog: reading.catalog, viewer: backendViewer });
          return {
            atMs: entry.effectiveAtMs,
            // The use that an entry pays for stands among the events.
            value: { ...view, usageId: entry.usageId },
            cells: [
              view.id,
              view.kind,
              view.amount,
              view.unit,
              view.balanceAfter,
              view.description,
              view.memberId ?? null,
              view.agentId ?? null,
              view.taskId ?? null,
              view.holdId ?? null,
              view.effectiveAt,
              view.recordedAt,
            ],
          };
        },
      );
    },
  },
  invoices: {
    columns: [
      'id',
      'number',
      'kind',
      'status',
      'currency',
      'period_starts_at',
      'period_ends_at',
      'issued_at',
      'due_at',
      'paid_at',
      'subtotal',
      'tax',
      'total',
      'amount_paid',
      'amount_due',
      'amount_credited',
    ],
    async *pages({ services, reading }) {
      yield* paged(
        services,
        (page) => services.store.listInvoices(idOf(reading), page),
        (record) => {
          const view = invoiceView(record, reading.state);
          return {
            atMs: record.createdAtMs,
            value: view,
            cells: [
              view.id,
              view.number,
              view.kind,
              view.status,
              view.currency,
              view.periodStartsAt,
              view.periodEndsAt,
              view.issuedAt,
              view.dueAt,
              view.paidAt,
              view.subtotal.amount,
              view.tax.amount,
              view.total.amount,
              view.amountPaid.amount,
              view.amountDue.amount,
              view.amountCredited.amount,
            ],
          };
        },
      );
    },
  },
  charges: {
    columns: [
      'id',
      'purpose',
      'invoice_id',
      'status',
      'amount',
      'refunded',
      'currency',
      'description',
      'created_at',
    ],
    async *pages({ services, reading }) {
      yield* paged(
        services,
        (page) => services.store.listCharges(idOf(reading), page),
        (record) => {
          const view = chargeView(record, reading.catalog);
          const { id, purpose, invoiceId, status, amount, refunded, description, createdAt } = view;
          return {
            atMs: record.createdAtMs,
            value: view,
            cells: [
              id,
              purpose,
              invoiceId,
              status,
              amount.amount,
              refunded.amount,
              amount.currency,
              description,
              createdAt,
            ],
          };
        },
      );
    },
  },
  activity: {
    columns: ['id', 'kind', 'description', 'member_id', 'reason', 'at'],
    async *pages({ services, reading }) {
      yield* paged(
        services,
        (page) => services.store.listActivity(idOf(reading), page),
        (record) => {
          const view = activityView(record, reading.catalog);
          const { id, kind, description, memberId, reason, at } = view;
          return { atMs: record.atMs, value: view, cells: [id, kind, description, memberId, reason, at] };
        },
      );
    },
  },
};

/** A use as it was recorded, whether it was reported or let through by a gate. */
function eventRow(usage: UsageRecord): ExportRow {
  const { dimensions: about, takesBack } = usage;
  const value = {
    id: usage.id,
    eventId: eventIdOf(usage.id),
    at: formatInstant(usage.atMs),
    recordedAt: formatInstant(usage.recordedAtMs),
    ...about,
    counts: usage.counts.map(({ quantity, ...count }) => ({ ...count, quantity: formatAmount(quantity) })),
    charge: formatAmount(usage.charge),
    unit: usage.unit,
    lines: usage.lines.map(({ quantity, amount, rest, ...line }) => ({
      ...line,
      quantity: formatAmount(quantity),
      amount: formatAmount(amount),
      ...(rest === undefined ? {} : { rest: String(rest) }),
    })),
    grants: usage.grantsUsed.map(({ grantId, amount }) => ({ grantId, amount: formatAmount(amount) })),
    backfill: usage.backfill,
    ...(takesBack === undefined ? {} : { takesBack }),
  };
  return {
    atMs: usage.atMs,
    value,
    cells: [
      value.id,
      value.eventId,
      value.at,
      value.recordedAt,
      usage.counts.map(countText).join('; '),
      value.charge,
      value.unit,
      about.memberId ?? null,
      about.agentId ?? null,
      about.projectId ?? null,
      about.workspaceId ?? null,
      about.taskId ?? null,
      about.apiKeyId ?? null,
      about.category ?? null,
      about.source ?? null,
      String(usage.backfill),
      takesBack?.usageId ?? null,
    ],
  };
}

const eventEnd = deriveId('', 'event');

/** The host's own id where the use was reported as an event; null for a use of a gate. */
function eventIdOf(usageId: string): string | null {
  return usageId.endsWith(eventEnd) ? usageId.slice(0, -eventEnd.length) : null;
}

function countText({ metric, quantity }: Count): string {
  return `${metric} ${formatAmount(quantity)}`;
}

async function* paged<Item>(
  services: Services,
  list: (page: PageRequest) => Promise<StorePage<Item>>,
  toRow: (item: Item) => ExportRow,
): AsyncGenerator<readonly ExportRow[]> {
  let cursor: string | null = null;
  do {
    const page: StorePage<Item> = await list({
      limit: apiBounds.pageSizeMax,
      ...(cursor === null ? {} : { cursor }),
    });
    yield* inSlices(page.items, services, toRow);
    cursor = page.nextCursor;
  } while (cursor !== null);
}

function idOf({ state }: AccountReading): string {
  return state.profile.id;
}

function formatDay(day: number): string {
  return formatInstant(day * msPerDay).slice(0, 10);
}
