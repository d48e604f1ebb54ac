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

/** A table with one stored body a row, as both dialects have it. */
export interface SweptTable {
  readonly name: string;
  /** Name of the format of its bodies. */
  readonly noun: string;
  /** The columns of its primary key, in the order of PostgreSQL's. */
  readonly key: readonly [string, ...string[]];
  /** The column of the body. */
  readonly column: string;
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
  ofLists('day_parts', ['account_id', 'part', 'day'], dayPartFormat),
];

function ofRecords<Value>(
  name: string,
  key: SweptTable['key'],
  codec: RecordCodec<Value>,
  column = 'body',
): SweptTable {
  const newest = `[${codec.format.version},`;
  return {
    name,
    noun: codec.format.noun,
    key,
    column,
    newest,
    upgrade: (body) => codec.encode(codec.decode(body)),
  };
}

/** Their parts are JSON as it is stored. */
function ofLists<Parts extends readonly unknown[]>(
  name: string,
  key: SweptTable['key'],
  format: StoredFormat<Parts>,
): SweptTable {
  return {
    name,
    noun: format.noun,
    key,
    column: 'body',
    newest: `[${format.version},`,
    upgrade: (body) => JSON.stringify(format.parse(body)),
  };
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
