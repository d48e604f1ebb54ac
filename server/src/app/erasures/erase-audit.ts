import { type Eraser, erasedText } from '../../domain/erasures/eraser.ts';
import type { ErasedRows } from '../../domain/erasures/state.ts';
import type { AuditRecord } from '../../store/installation-records.ts';
import type { Services } from '../services.ts';

const pageSize = 200;

/**
 * Replaces in the audit who was erased, record by record: who did what to whose money stays, under pseudonyms. A record that cannot be
 * read may name them still, so the proof counts it as kept.
 * @param goOn Called between two pages.
 */
export async function eraseAudit(
  { store, nextTurn }: Pick<Services, 'store' | 'nextTurn'>,
  accountId: string,
  eraser: Eraser,
  goOn: () => Promise<unknown>,
): Promise<ErasedRows> {
  let replaced = 0;
  let kept = 0;
  let cursor: string | undefined;
  do {
    const page = await store.listAudit({ limit: pageSize, ...(cursor === undefined ? {} : { cursor }) });
    for (const record of page.items) {
      const erased = erasedRecord(record, accountId, eraser);
      if (erased === null) continue;
      await store.putAudit(erased);
      replaced += 1;
    }
    kept += page.unreadable?.length ?? 0;
    cursor = page.nextCursor ?? undefined;
    await goOn();
    await nextTurn();
  } while (cursor !== undefined);
  return { noun: 'audit', replaced, removed: 0, kept };
}

/** Null where nothing of it names anybody who is erased. */
function erasedRecord(record: AuditRecord, accountId: string, eraser: Eraser): AuditRecord | null {
  if (record.accountId !== accountId && record.details.accountId !== accountId) return null;
  const { actor } = record;
  const isByMember = (actor.kind === 'member' || actor.kind === 'extension') && eraser.isErased(actor.name);
  // Each field by its name: of a new one somebody has to say whether it names anybody.
  const erased: AuditRecord = {
    id: record.id,
    atMs: record.atMs,
    actor: isByMember ? { kind: actor.kind, keyId: actor.keyId, name: eraser.memberId(actor.name) } : actor,
    action: record.action,
    accountId: record.accountId === accountId ? eraser.accountId : record.accountId,
    details: Object.fromEntries(
      Object.entries(record.details).map(([name, value]) => [
        name,
        erasedDetail(eraser, name, value, accountId),
      ]),
    ),
    requestId: record.requestId,
    address: isByMember ? null : record.address,
    outcome: record.outcome,
  };
  return JSON.stringify(erased) === JSON.stringify(record) ? null : erased;
}

/** Details that are ids, figures and the server's own words. Of everything else an account that is erased keeps nothing. */
const kept: ReadonlySet<string> = new Set([
  'amount',
  'catalogVersion',
  'endedAt',
  'graceSeconds',
  'kind',
  'replacedBy',
  'session',
  'source',
  'to',
  'version',
  'why',
]);

const isKept = (name: string) => kept.has(name) || name.endsWith('Id');

function erasedDetail(eraser: Eraser, name: string, value: string, accountId: string): string {
  if (name === 'accountId') return value === accountId ? eraser.accountId : value;
  if (name === 'memberId') return eraser.memberId(value);
  if (eraser.erasing.subject === 'member') return eraser.text(value);
  return isKept(name) || value === '' ? value : erasedText;
}
