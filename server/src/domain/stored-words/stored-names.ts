import type { GrantSource, LedgerKind } from '../../contract/credits/credits.ts';

/*
 * Where nobody gave a name, records hold an English one, which invoices and exports print. Stored records keep it for good, so views read
 * the facts back from it here, next to where it is written; who shows them words them in the reader's language. A host's own name that
 * equals one of these reads the same in English.
 */

/** The names of grants that nobody named, by source; the first is the one that a host's grant without a label gets. */
const grantNames: Readonly<Record<GrantSource, readonly [string, ...string[]]>> = {
  plan: ['Plan credits'],
  baseline: ['Included for every account', 'Included for every member'],
  sign_up: ['Sign-up credit'],
  promotional: ['Promotional credits'],
  purchase: ['Purchased credits'],
  top_up: ['Auto top-up'],
  adjustment: ['Adjustment'],
  refund: ['Refund'],
};

/** The stored name of a grant that nobody named. */
export function nameOfSource(source: GrantSource): string {
  return grantNames[source][0];
}

/** The stored name of a baseline that each member adds. */
export const memberBaselineName = 'Included for every member';

const planEnd = ' plan';
const carriedStart = 'Left of the ';
const minimumStart = 'Minimum of the ';

/** The stored name of what a plan gives or costs. */
export function nameOfPlan(plan: string): string {
  return `${plan}${planEnd}`;
}

/** The stored name of the credits of a plan that carry over. */
export function nameOfCarried(plan: string): string {
  return `${carriedStart}${nameOfPlan(plan)}`;
}

/** The stored name of the rest of a plan's minimum commitment. */
export function nameOfMinimum(plan: string): string {
  return `${minimumStart}${nameOfPlan(plan)}`;
}

/** The stored name of fixed outgoing addresses. */
export const dedicatedIpsName = 'Dedicated IPs';

/** The plan of a stored name; undefined where it names something else. */
export function planOfName(name: string): string | undefined {
  const start = [carriedStart, minimumStart].find((each) => name.startsWith(each)) ?? '';
  const isPlan = name.endsWith(planEnd) && name.length > start.length + planEnd.length;
  return isPlan ? name.slice(start.length, -planEnd.length) : undefined;
}

/** What a line of an invoice, or of what will stand on one, is for. */
export interface LineSubject {
  /** A name of the catalog's or the host's; null where `subjectKind` tells all. */
  readonly subject: string | null;
  readonly subjectKind?: 'plan' | 'dedicated_ips';
}

/** What a line is for, from its stored name, which is a plan's or that of addresses for some kinds of line. */
export function lineSubjectOf(stored: string): LineSubject {
  if (stored === dedicatedIpsName) return { subject: null, subjectKind: 'dedicated_ips' };
  const planName = planOfName(stored);
  return planName === undefined ? { subject: stored } : { subject: planName, subjectKind: 'plan' };
}

/** What a grant is called: by the host, or by what it comes of. */
export interface GrantName {
  /** The host's own; null where nobody named it. */
  readonly label: string | null;
  /** Of credits that a plan gives. */
  readonly planName?: string;
  /** Present on credits of a plan that an earlier cycle left. */
  readonly carriedOver?: true;
}

/** The name of a grant, from its source and its stored label. */
export function grantNameOf(source: GrantSource, stored: string): GrantName {
  if (grantNames[source].includes(stored)) return { label: null };
  const planName = source === 'plan' ? planOfName(stored) : undefined;
  if (planName === undefined) return { label: stored };
  return { label: null, planName, ...(stored.startsWith(carriedStart) && { carriedOver: true }) };
}

/** The source under whose stored name something goes; undefined where it has a name of its own. */
export function sourceOfName(stored: string): GrantSource | undefined {
  const sources = Object.keys(grantNames) as GrantSource[];
  return sources.find((source) => grantNames[source].includes(stored));
}

/** The ends of a hold. */
export type HoldEnd = 'settled' | 'released' | 'expired';

/** The stored words of entries that are about a hold or a debt. */
export const entryWords = {
  held: 'Set aside',
  settled: 'Hold settled',
  released: 'Hold released',
  expired: 'Hold expired',
  debtPaid: 'Pays for earlier use',
  used: 'Usage',
} as const;

const holdEnds: readonly HoldEnd[] = ['settled', 'released', 'expired'];
const takenBackStart = 'Taken back: ';
const refundStart = 'Refund for ';

/** The stored words of an entry that gives back what a use or a task took. */
export const givenBack = {
  ofUse: (use: string): string => `${takenBackStart}${use}`,
  ofTask: (task: string): string => `${refundStart}${task}`,
};

/** The stored name of a use: its first line's name, and how many lines there are more. */
export function nameOfLines({
  label,
  more,
}: {
  readonly label: string | null;
  readonly more: number;
}): string {
  if (label === null) return entryWords.used;
  return more === 0 ? label : `${label} and ${more} more`;
}

/** What an entry is about, apart from its kind and its amounts. */
export interface EntryAbout extends Omit<GrantName, 'label'> {
  /** A name of the catalog's, a task's name, or a reason that a person gave; null without any. */
  readonly description: string | null;
  /** Further lines of the use that `description` names the first line of. */
  readonly more?: number;
  /** Of the grant that the entry adds or ends, where nobody named it. */
  readonly grantSource?: GrantSource;
  readonly holdEnd?: HoldEnd;
}

/** What an entry is about, from its kind and its stored words. */
export function entryAboutOf(
  kind: LedgerKind,
  stored: string,
  source: GrantSource | undefined = kind === 'reset' ? 'plan' : undefined,
): EntryAbout {
  switch (kind) {
    case 'hold':
      return { description: stored === entryWords.held ? null : stored };
    case 'release': {
      const holdEnd = holdEnds.find((end) => entryWords[end] === stored);
      return holdEnd === undefined ? { description: stored } : { description: null, holdEnd };
    }
    case 'debt_payment':
      return { description: stored === entryWords.debtPaid ? null : stored };
    case 'debit':
    case 'debt':
      return lineOfUse(stored);
    case 'refund':
      if (stored.startsWith(takenBackStart)) return lineOfUse(stored.slice(takenBackStart.length));
      return { description: stored.startsWith(refundStart) ? stored.slice(refundStart.length) : stored };
    case 'grant':
    case 'reset':
    case 'expiry':
      return grantOfName(stored, source);
    case 'adjustment':
      return { description: stored };
  }
}

function lineOfUse(stored: string): EntryAbout {
  if (stored === entryWords.used) return { description: null };
  const [, first, more] = /^(.+) and (\d+) more$/.exec(stored) ?? [];
  return first === undefined ? { description: stored } : { description: first, more: Number(more) };
}

function grantOfName(stored: string, known: GrantSource | undefined): EntryAbout {
  const source = known ?? sourceOfName(stored);
  if (source === undefined) return { description: stored };
  const { label, ...name } = grantNameOf(source, stored);
  return label === null ? { description: null, grantSource: source, ...name } : { description: label };
}
