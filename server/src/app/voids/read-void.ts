import type { VoidTarget } from '../../contract/voids/voids.ts';
import type { GrantLeg, GrantPart, GrantTerms, LedgerRecord } from '../../domain/credits/state.ts';
import { deriveId } from '../../domain/ids/derived-id.ts';
import { latePriceId } from '../../domain/unpriced/unpriced.ts';
import type { UsageRecord } from '../../domain/usage/state.ts';
import { paidSince } from '../../domain/voids/paid-since.ts';
import { isSameLine, type VoidCommand } from '../../domain/voids/voids.ts';
import { AppError, invalidParameter } from '../http/reply/problem.ts';
import type { Services } from '../services.ts';

const pageSize = 500;
/** So far back payments of a debt are looked for: a hundred thousand entries. */
const pagesMax = 200;

/** The history of a use that is to be voided; its task is loaded with the account. */
export type VoidHistory = Omit<VoidCommand, 'task' | 'reason'>;

/** A use with what history knows of the prices that its items got later, by their place among the unpriced ones. */
export interface WholeVoidHistory extends VoidHistory {
  readonly pricedLate: ReadonlyMap<number, VoidHistory>;
}

/** @throws AppError `not_found` where there is no such use, `invalid_request` for an entry that no use made. */
export async function readVoid(
  services: Services,
  accountId: string,
  target: VoidTarget,
): Promise<WholeVoidHistory> {
  const usage = await readUse(services, accountId, target);
  const pricedLate = new Map<number, VoidHistory>();
  for (const index of (usage.unpriced ?? []).keys()) {
    const late = await services.store.readUsage(accountId, latePriceId({ usage, index }));
    if (late !== undefined) pricedLate.set(index, await readHistory(services, late));
  }
  return { ...(await readHistory(services, usage)), pricedLate };
}

async function readHistory(services: Services, usage: UsageRecord): Promise<VoidHistory> {
  const { store } = services;
  const { accountId } = usage;
  const owedEntry = await store.readEntry(accountId, deriveId(usage.id, 'owed'));
  const paidSince = owedEntry === undefined ? [] : await readPaidSince(services, owedEntry);
  const terms = new Map<string, GrantTerms>();
  for (const { grantId } of usage.grantsUsed) {
    const grant = await readTerms(services, accountId, grantId);
    if (grant !== undefined) terms.set(grantId, grant);
  }
  const uncounted = await store.readUsage(accountId, deriveId(usage.id, 'uncounted'));
  return {
    usage,
    owed: owedEntry === undefined ? 0n : -owedEntry.debt,
    terms,
    paidSince,
    isUncounted: uncounted !== undefined,
  };
}

async function readUse(services: Services, accountId: string, target: VoidTarget): Promise<UsageRecord> {
  const { store } = services;
  if ('entryId' in target) {
    const entry = await store.readEntry(accountId, target.entryId);
    if (entry === undefined) throw noUse(`an entry '${target.entryId}'`);
    if (entry.usageId === null)
      throw invalidParameter('/use/entryId', 'names an entry that no use made', 'an entry of a use');
    return required(await store.readUsage(accountId, entry.usageId), `a use '${entry.usageId}'`);
  }
  if ('taskId' in target) return readUseOfTask(services, accountId, target);
  const id = 'eventId' in target ? deriveId(target.eventId, 'event') : target.usageId;
  const name = 'eventId' in target ? `an event '${target.eventId}'` : `a use '${target.usageId}'`;
  return required(await store.readUsage(accountId, id), name);
}

/** The first use of the task that charged such a line and was not taken back; of lines that say the same either will do. */
async function readUseOfTask(
  { store }: Services,
  accountId: string,
  { taskId, line: index }: Extract<VoidTarget, { taskId: string }>,
): Promise<UsageRecord> {
  const task = await store.readTask(accountId, taskId);
  if (task === undefined) throw noUse(`a task '${taskId}'`);
  const line = task.lines[index];
  if (line === undefined)
    throw invalidParameter(
      '/use/line',
      `is beyond the task's ${task.lines.length} lines`,
      'a line of the task',
    );
  const taken = new Set<string>();
  const uses: UsageRecord[] = [];
  const span = { accountId, fromMs: task.startedAtMs ?? task.createdAtMs, toMs: task.updatedAtMs + 1 };
  let cursor: string | undefined;
  do {
    const page = await store.listUsage(span, {
      limit: pageSize,
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const usage of page.items) {
      if (usage.dimensions.taskId !== taskId) continue;
      if (usage.takesBack === undefined) uses.push(usage);
      else if (usage.id === deriveId(usage.takesBack.usageId, 'void')) taken.add(usage.takesBack.usageId);
    }
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  const found = uses.find(({ id, lines }) => !taken.has(id) && lines.some((each) => isSameLine(each, line)));
  return required(found, `a use behind line ${index} of the task '${taskId}'`);
}

/** The amounts that grants paid for debts after the entry, latest last. */
async function readPaidSince(
  services: Services,
  { accountId, seq, unit }: LedgerRecord,
): Promise<readonly GrantPart[]> {
  const entries = (await readEntriesAfter(services, accountId, seq)).filter(
    ({ kind }) => kind === 'debt_payment' || kind === 'refund',
  );
  const debits = new Map<string, readonly GrantLeg[]>();
  for (const { usageId, kind } of entries)
    if (kind === 'refund' && usageId !== null)
      debits.set(usageId, (await services.store.readUsage(accountId, usageId))?.grantsUsed ?? []);
  const parts: GrantPart[] = [];
  for (const { grantId, amount } of paidSince(entries, unit, (usageId) => debits.get(usageId) ?? [])) {
    const grant = await readTerms(services, accountId, grantId);
    if (grant !== undefined) parts.push({ grant, amount });
  }
  return parts;
}

/** Entries after a number, in their order. */
async function readEntriesAfter(
  { store }: Services,
  accountId: string,
  seq: number,
): Promise<LedgerRecord[]> {
  const entries: LedgerRecord[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < pagesMax; pages += 1) {
    const page = await store.listEntries(accountId, {
      limit: pageSize,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const since = page.items.filter((entry) => entry.seq > seq);
    entries.push(...since);
    if (page.nextCursor === null || since.length < page.items.length) break;
    cursor = page.nextCursor;
  }
  return entries.reverse();
}

async function readTerms(
  { store }: Services,
  accountId: string,
  grantId: string,
): Promise<GrantTerms | undefined> {
  return (await store.readEntry(accountId, deriveId(grantId, 'grant')))?.grant;
}

function required(usage: UsageRecord | undefined, name: string): UsageRecord {
  if (usage === undefined) throw noUse(name);
  return usage;
}

function noUse(name: string): AppError {
  return new AppError('not_found', `The account does not have ${name}`);
}
