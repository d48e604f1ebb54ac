import type { EncodedAccount } from '../../codec/account-codec.ts';
import { cellsFromJson, cellsToJson, groupsOfFlat, type JsonCells } from '../../codec/cells-codec.ts';
import {
  chargeCodec,
  holdCodec,
  invoiceCodec,
  memberCodec,
  noticeCodec,
  purchaseCodec,
  type RecordCodec,
  taskCodec,
} from '../../codec/record-codec.ts';
import { createStoredFormat, decodeStored, type UpgradeStep } from '../../codec/stored-format.ts';
import type { TimedRow, UseRow } from '../../sql/fact-tables.ts';
import { StoredFormatError } from '../../store-errors.ts';
import { AccountChanges } from './account-changes.ts';

/** One committed transaction, as it stands in the journal. */
export interface JournalText {
  readonly body: string;
  /** Bodies of the kept answers, one after another, so that their quotes need not be escaped; `body` has their lengths. */
  readonly answerBodies: string;
}

/** Appends a row: its id, and both texts. */
export const appendSql = 'INSERT INTO journal (id, body, answer_bodies) VALUES (?, ?, ?)';

/** Lists are flat, since most hold one thing or a few: its fields stand one after another. */
type JsonRows = unknown[];
type JsonRecords = unknown[];
type JsonParts = [
  profile: unknown,
  wallet: unknown,
  usage: unknown,
  holds: unknown,
  rest: unknown,
  dueAtMs: number | null,
  clockId: string | null,
];

type JsonChanges = [
  accountId: string,
  version: number,
  parts: JsonParts | null,
  /** Per item: seq, id, body. */
  entries: JsonRows,
  /** Per item: time, id, body, and of the entry in its row the number and the body, or null twice. */
  usage: JsonRows,
  cells: JsonCells,
  /** Per item: key, hash of the request, status, time, length of the body. */
  answers: (string | number)[],
  seldom: JsonSeldom | null,
];

/** The writes that few transactions have. */
interface JsonSeldom {
  activity: JsonRows;
  holds: JsonRecords;
  tasks: JsonRecords;
  members: JsonRecords;
  purchases: JsonRecords;
  invoices: JsonRecords;
  charges: JsonRecords;
  notices: JsonRecords;
  /** Per item: id, hash of the content. */
  events: string[];
}

/**
 * Version 1 was first written with lists of lists, and with the ids of records next to them, and later with the flat lists of
 * version 2. The first item of a list shows which form it has.
 */
const to2: UpgradeStep = ([list]) => [
  (list as JsonChanges[]).map(([accountId, version, parts, entries, usage, cells, answers, seldom]) => [
    accountId,
    version,
    parts,
    flatRows(entries),
    flatRows(usage),
    flatRows(cells),
    flatRows(answers),
    seldom === null
      ? null
      : {
          activity: flatRows(seldom.activity),
          holds: withoutIds(seldom.holds),
          tasks: withoutIds(seldom.tasks),
          members: withoutIds(seldom.members),
          purchases: withoutIds(seldom.purchases),
          events: flatRows(seldom.events),
        },
  ]),
];

/** Version 2 did not say when an account is due: 0 lets the index find out. */
const to3: UpgradeStep = ([list]) => [
  (list as JsonChanges[]).map(([accountId, version, parts, ...others]) => [
    accountId,
    version,
    parts === null ? null : [...parts, 0, null],
    ...others,
  ]),
];

function flatRows(rows: readonly unknown[]): readonly unknown[] {
  return Array.isArray(rows[0]) ? rows.flat(1) : rows;
}

function withoutIds(records: readonly unknown[]): readonly unknown[] {
  return records.map((record) =>
    Array.isArray(record) && typeof record[0] === 'string' ? record[1] : record,
  );
}

/** Until version 4 there were no invoices and no charges. */
const to4: UpgradeStep = ([list]) => [
  (list as JsonChanges[]).map((changes) => {
    const seldom = changes[7];
    return seldom === null ? changes : changes.with(7, { ...seldom, invoices: [], charges: [] });
  }),
];

/** Until version 5 nothing was told. */
const to5: UpgradeStep = ([list]) => [
  (list as JsonChanges[]).map((changes) => {
    const seldom = changes[7];
    return seldom === null ? changes : changes.with(7, { ...seldom, notices: [] });
  }),
];

/** Until version 6 cells did not say their hour and member. They are the sixth part of an account's changes. */
const to6: UpgradeStep = ([list]) => [
  (list as unknown[][]).map((changes) => changes.with(5, groupsOfFlat(changes[5] as unknown[]))),
];

/** Until version 7 every entry stood apart from its use. */
const to7: UpgradeStep = ([list]) => [
  (list as JsonChanges[]).map((changes) =>
    changes.with(
      4,
      groups<[number, string, unknown]>(changes[4], 3).flatMap((row) => [...row, null, null]),
    ),
  ),
];

export const journalFormat = createStoredFormat<[version: number, list: JsonChanges[]]>('journal row', [
  to2,
  to3,
  to4,
  to5,
  to6,
  to7,
]);

export function encodeJournal(changes: Iterable<AccountChanges>): JournalText {
  // A text that grows is copied once, when it is written; lists that are joined would be copied twice.
  let list = '';
  let answerBodies = '';
  for (const account of changes) {
    list += list === '' ? encodeChanges(account) : `,\n${encodeChanges(account)}`;
    for (const answer of account.answers) answerBodies += answer.body;
  }
  return { body: `[${journalFormat.version},[${list}]]`, answerBodies };
}

function encodeChanges(account: AccountChanges): string {
  const cells = cellsToJson(account.cells.cells);
  const answers: (string | number)[] = [];
  for (const { key, requestHash, status, recordedAtMs, body } of account.answers) {
    answers.push(key, requestHash, status, recordedAtMs, body.length);
  }
  let entries = '';
  for (const { seq, id, body } of account.entries.all()) entries += rowText(entries, seq, id, body);
  let uses = '';
  for (const { atMs, id, body, entrySeq, entry } of account.usage.all())
    uses += `${rowText(uses, atMs, id, body)},${entrySeq},${entry}`;
  const tail = `[${entries}],[${uses}],${JSON.stringify(cells)},${JSON.stringify(answers)},${encodeSeldom(account)}`;
  return `[${JSON.stringify(account.accountId)},${account.version},${encodeParts(account.encoded)},${tail}]`;
}

function encodeParts(encoded: EncodedAccount | undefined): string {
  if (encoded === undefined) return 'null';
  const { profile = 'null', wallet = 'null', usage = 'null', holds = 'null', rest = 'null' } = encoded;
  const { dueAtMs = null, clockId = null } = encoded;
  return `[${profile},${wallet},${usage},${holds},${rest},${dueAtMs},${JSON.stringify(clockId)}]`;
}

function encodeTimedRows(rows: readonly TimedRow[] = []): string {
  let text = '';
  for (const { atMs, id, body } of rows) text += rowText(text, atMs, id, body);
  return `[${text}]`;
}

/** Bodies are JSON already and go in as they are. */
function rowText(before: string, key: number, id: string, body: string): string {
  return `${before === '' ? '' : ','}${key},${JSON.stringify(id)},${body}`;
}

function encodeSeldom(changes: AccountChanges): string {
  if (changes.activity === undefined && !changes.hasPuts) return 'null';
  const { activity, holds, tasks, members, purchases, invoices, charges, notices, events } = changes;
  const fields = [
    `"activity":${encodeTimedRows(activity)}`,
    `"holds":${encodeRecords(holds, holdCodec)}`,
    `"tasks":${encodeRecords(tasks, taskCodec)}`,
    `"members":${encodeRecords(members, memberCodec)}`,
    `"purchases":${encodeRecords(purchases, purchaseCodec)}`,
    `"invoices":${encodeRecords(invoices, invoiceCodec)}`,
    `"charges":${encodeRecords(charges, chargeCodec)}`,
    `"notices":${encodeRecords(notices, noticeCodec)}`,
    `"events":${JSON.stringify([...(events?.values() ?? [])].flatMap(({ id, contentHash }) => [id, contentHash]))}`,
  ];
  return `{${fields.join(',')}}`;
}

function encodeRecords<Value>(records: Map<string, Value> | undefined, codec: RecordCodec<Value>): string {
  const texts: string[] = [];
  for (const record of records?.values() ?? []) texts.push(codec.encode(record));
  return `[${texts.join(',')}]`;
}

/** Hears of one account's changes in a row that cannot be read. */
export type UnreadableChanges = (accountId: string | null, body: string, error: unknown) => void;

/**
 * The changes of one journal row. Those of an account that cannot be read are given to `unreadable`, and the others are read.
 * @throws StoredFormatError where it cannot be told where one account's changes end.
 */
export function decodeJournal(
  { body, answerBodies }: JournalText,
  unreadable: UnreadableChanges,
): AccountChanges[] {
  const [, list] = journalFormat.parse(body);
  if (!Array.isArray(list)) throw new StoredFormatError('A stored journal row is damaged.');
  const decoded: AccountChanges[] = [];
  let answersEnd = 0;
  for (const json of list) {
    const answersStart = answersEnd;
    try {
      answersEnd += answersLength(json);
      const answers = answerBodies.slice(answersStart, answersEnd);
      decoded.push(decodeStored('journal row', () => changesFromJson(json, answers)));
    } catch (error) {
      const accountId = Array.isArray(json) && typeof json[0] === 'string' ? json[0] : null;
      unreadable(accountId, JSON.stringify([json, answerBodies.slice(answersStart, answersEnd)]), error);
    }
  }
  return decoded;
}

function answersLength([, , , , , , answers]: JsonChanges): number {
  let length = 0;
  for (const [, , , , own] of groups<[string, string, number, number, number]>(answers, 5)) length += own;
  return length;
}

function changesFromJson(
  [accountId, accountVersion, parts, entries, usage, cells, answers, seldom]: JsonChanges,
  answerBodies: string,
): AccountChanges {
  if (typeof accountId !== 'string') throw new StoredFormatError('A stored journal row names no account.');
  let answersEnd = 0;
  const account = new AccountChanges(accountId);
  account.version = accountVersion;
  account.encoded = parts === null ? undefined : partsToText(parts);
  for (const [seq, id, json] of groups<[number, string, unknown]>(entries, 3)) {
    account.entries.push({ seq, id, body: JSON.stringify(json) });
  }
  for (const row of rowsOfUses(usage)) account.usage.push(row);
  for (const cell of cellsFromJson(accountId, cells)) account.cells.add(cell);
  for (const [key, requestHash, status, recordedAtMs, length] of groups<
    [string, string, number, number, number]
  >(answers, 5)) {
    const body = answerBodies.slice(answersEnd, answersEnd + length);
    answersEnd += length;
    account.answers.push({ accountId, key, requestHash, status, recordedAtMs, body });
  }
  if (seldom !== null) {
    account.activity = timedRows(seldom.activity);
    account.holds = recordsById(seldom.holds, holdCodec);
    account.tasks = recordsById(seldom.tasks, taskCodec);
    account.members = recordsById(seldom.members, memberCodec);
    account.purchases = recordsById(seldom.purchases, purchaseCodec);
    account.invoices = recordsById(seldom.invoices, invoiceCodec);
    account.charges = recordsById(seldom.charges, chargeCodec);
    account.notices = recordsById(seldom.notices, noticeCodec);
    account.events = new Map();
    for (const [id, contentHash] of groups<[string, string]>(seldom.events, 2)) {
      account.events.set(id, { accountId, id, contentHash });
    }
  }
  return account;
}

/** The fields of a flat list, so many at a time. Their types are a promise of the encoder. */
function groups<Fields extends unknown[]>(flat: readonly unknown[], size: Fields['length']): Fields[] {
  const found: Fields[] = [];
  for (let from = 0; from < flat.length; from += size) found.push(flat.slice(from, from + size) as Fields);
  return found;
}

function partsToText([profile, wallet, usage, holds, rest, dueAtMs, clockId]: JsonParts): EncodedAccount {
  const toText = (part: unknown): string | undefined => (part === null ? undefined : JSON.stringify(part));
  return {
    profile: toText(profile),
    wallet: toText(wallet),
    usage: toText(usage),
    holds: toText(holds),
    rest: toText(rest),
    dueAtMs: dueAtMs ?? undefined,
    clockId: clockId ?? undefined,
  };
}

function timedRows(rows: JsonRows): TimedRow[] {
  return groups<[number, string, unknown]>(rows, 3).map(([atMs, id, json]) => ({
    atMs,
    id,
    body: JSON.stringify(json),
  }));
}

function rowsOfUses(rows: JsonRows): UseRow[] {
  return groups<[number, string, unknown, number | null, unknown]>(rows, 5).map(
    ([atMs, id, json, entrySeq, entry]) => ({
      atMs,
      id,
      body: JSON.stringify(json),
      entrySeq,
      entry: entry === null ? null : JSON.stringify(entry),
    }),
  );
}

function recordsById<Value extends { readonly id: string }>(
  records: JsonRecords,
  codec: RecordCodec<Value>,
): Map<string, Value> {
  const byId = new Map<string, Value>();
  for (const json of records) {
    const record = codec.decode(JSON.stringify(json));
    byId.set(record.id, record);
  }
  return byId;
}
