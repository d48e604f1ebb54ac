/** Stands in every id that is derived, and in none that a host gives or that `newId` makes. */
export const derivedIdMark = '~';

/**
 * The suffixes of derived ids. Each belongs to one kind of cause, so that causes with equal ids, such as a hold and a task, never
 * give equal derived ids.
 */
export type DerivedWord =
  /** Of the baseline: a member's. */
  | 'member'
  /** Of a task: the hold of its estimate. */
  | 'hold'
  /** Of a hold: the entries that set aside, and that give back when its time is over. */
  | 'held'
  | 'expiry'
  /** Of a command: the entry that gives back, its correction of a balance, its line of the log, the top-up that it orders, the credits of an upgrade. */
  | 'release'
  | 'adjustment'
  | 'activity'
  | 'top-up'
  | 'upgrade'
  /** Of a grant: the entries that add it, pay what was owed, and end it. The last two also of what gave back to it. */
  | 'grant'
  | 'rollover'
  | 'debt'
  | 'end'
  /** Of a purchase: its grant. */
  | 'pack'
  /** Of a use: the entries of what grants paid and of what is owed. */
  | 'debit'
  | 'owed'
  /**
   * Of a use: the entry and the record that take it back, the grant that stands for one which is no longer known, and the
   * record that takes its counts back where its task failed.
   */
  | 'void'
  | 'refunded'
  | 'uncounted'
  /** Of a use: the record of the price that one of its items got later. */
  | 'priced'
  /** Of an event: its usage record. */
  | 'event'
  /** Of a command, period or cycle: a line for an invoice. */
  | 'billed'
  /** Of a period or a command: the invoice of what it made billable. Of a purchase: its invoice. Of an invoice: its lines and charges. */
  | 'invoice'
  | 'line'
  | 'charge'
  /** Of a charge: what a lost dispute took of it. */
  | 'dispute'
  /** Of a command, cycle, plan, trial, task, purchase, invoice or disputed charge: what the account is told of it. */
  | 'notice'
  /** Of a command or a refund: the credit note that it makes. */
  | 'credit-note'
  /** Of a task: the entry that gives its charges back. Of a command: what it gives back of a charge. Of a charge: a refund that was made at the provider. */
  | 'refund';

/**
 * The id of a thing derived from a cause: the cause's id, the suffix, and optionally another id or number (an ordinal or an
 * instant). The same cause always gives the same id, and no host's id can equal it.
 *
 * @example
 * deriveId('job-7', 'hold'); // 'job-7~hold'
 */
export function deriveId(cause: string, what: DerivedWord | number, of?: string): string {
  const id = `${cause}${derivedIdMark}${what}`;
  return of === undefined ? id : `${id}${derivedIdMark}${of}`;
}
