import {
  cycleUsageFormat,
  decodeAccount,
  type EncodedParts,
  encodeAccount,
  openHoldsFormat,
  profileCodec,
  restCodec,
  walletFormat,
} from './account-codec.ts';
import { dayPartFormat } from './day-part-codec.ts';
import { embeddedEntryFormat } from './embedded-entry.ts';
import { entryFormat } from './entry-codec.ts';
import {
  activityCodec,
  auditCodec,
  catalogCodec,
  chargeCodec,
  erasureCodec,
  holdCodec,
  invoiceCodec,
  keyCodec,
  memberCodec,
  noticeCodec,
  pairingCodec,
  purchaseCodec,
  type RecordCodec,
  taskCodec,
  webhookEndpointCodec,
} from './record-codec.ts';
import type { StoredFormat } from './stored-format.ts';
import { usageFormat } from './usage-codec.ts';

/** A table with a stored body a row, as both dialects have it. One with two bodies a row is swept for each. */
export interface SweptTable {
  readonly name: string;
  /** Names the sweep in the table of sweeps. */
  readonly sweep: string;
  /** Name of the format of its bodies. */
  readonly noun: string;
  /** The columns of its primary key, in the order of PostgreSQL's. */
  readonly key: readonly [string, ...string[]];
  /** The column of the body; null in rows without it. */
  readonly column: string;
  /** Whether there ever was an earlier version: else there is nothing to look for. */
  readonly hasEarlier: boolean;
  /** The first characters of a body in the newest version. */
  readonly newest: string;
  /** The body in the newest version. @throws StoredFormatError */
  upgrade(body: string): string;
}

const byAccount = ['account_id', 'id'] as const;
const byTime = ['account_id', 'at_ms', 'id'] as const;

/** Every table with a body a row. Accounts have several bodies a row, which are only understood together. */
export const sweptTables: readonly SweptTable[] = [
  ofRecords('catalogs', ['version'], catalogCodec, 'config'),
  ofRecords('keys', ['id'], keyCodec),
  ofRecords('pairings', ['id'], pairingCodec),
  ofRecords('webhook_endpoints', ['id'], webhookEndpointCodec),
  ofRecords('audit', ['id'], auditCodec),
  ofRecords('erasures', ['id'], erasureCodec),
  ofRecords('members', byAccount, memberCodec),
  ofRecords('holds', byAccount, holdCodec),
  ofRecords('tasks', byAccount, taskCodec),
  ofRecords('purchases', byAccount, purchaseCodec),
  ofRecords('invoices', byAccount, invoiceCodec),
  ofRecords('charges', byAccount, chargeCodec),
  ofRecords('notices', byAccount, noticeCodec),
  ofRecords('activity', byTime, activityCodec),
  ofLists('entries', ['account_id', 'seq'], entryFormat),
  ofLists('usage', byTime, usageFormat),
  { ...ofLists('usage', byTime, embeddedEntryFormat, 'entry'), sweep: 'usage_entries' },
  ofLists('day_parts', ['account_id', 'part', 'day'], dayPartFormat),
];

function ofRecords<Value>(
  name: string,
  key: SweptTable['key'],
  codec: RecordCodec<Value>,
  column = 'body',
): SweptTable {
  return {
    ...ofFormat(codec.format),
    name,
    sweep: name,
    key,
    column,
    upgrade: (body) => codec.encode(codec.decode(body)),
  };
}

/** Their parts are JSON as it is stored. */
function ofLists<Parts extends readonly unknown[]>(
  name: string,
  key: SweptTable['key'],
  format: StoredFormat<Parts>,
  column = 'body',
): SweptTable {
  return {
    ...ofFormat(format),
    name,
    sweep: name,
    key,
    column,
    upgrade: (body) => JSON.stringify(format.parse(body)),
  };
}

function ofFormat({
  noun,
  version,
}: Pick<StoredFormat<readonly unknown[]>, 'noun' | 'version'>): Pick<
  SweptTable,
  'noun' | 'hasEarlier' | 'newest'
> {
  return { noun, hasEarlier: version > 1, newest: `[${version},` };
}

const accountFormats = {
  profile: profileCodec.format,
  wallet: walletFormat,
  usage: cycleUsageFormat,
  holds: openHoldsFormat,
  rest: restCodec.format,
} as const;

export const accountParts = ['profile', 'wallet', 'usage', 'holds', 'rest'] as const;

/** The first characters of each part of an account in the newest version, in the order of `accountParts`. */
export const newestParts: readonly string[] = accountParts.map((part) => `[${accountFormats[part].version},`);

export const accountNouns: readonly string[] = accountParts.map((part) => accountFormats[part].noun);

/** All parts in the newest versions. @param members What `membersSql` gave. @throws StoredFormatError */
export function upgradeAccount(parts: EncodedParts, version: number, members: string | null): EncodedParts {
  const { profile, wallet, usage, holds, rest } = encodeAccount(
    decodeAccount(parts, version, members),
    undefined,
  );
  return {
    profile: profile ?? parts.profile,
    wallet: wallet ?? parts.wallet,
    usage: usage ?? parts.usage,
    holds: holds ?? parts.holds,
    rest: rest ?? parts.rest,
  };
}
