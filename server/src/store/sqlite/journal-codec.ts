import type { EncodedAccount } from '../codec/account-codec.ts';
import { amountFromJson, amountToJson, type JsonAmount } from '../codec/json-amount.ts';
import { holdCodec, memberCodec, purchaseCodec, type RecordCodec, taskCodec } from '../codec/record-codec.ts';
import { parseStored } from '../codec/stored-json.ts';
import { AccountChanges, type EntryRow, type TimedRow } from './account-changes.ts';

/** One committed transaction, as it stands in the journal. */
export interface JournalText {
  readonly body: string;
  /** Bodies of the kept answers, one after another, so that their quotes need not be escaped; `body` has their lengths. */
  readonly answerBodies: string;
}

type JsonRow = [key: number, id: string, body: unknown];
type JsonRecord = [id: string, body: unknown];
type JsonCell = [day: number, metric: string, dimension: string, value: string, quantity: JsonAmount];
type JsonAnswer = [
  key: string,
  requestHash: string,
  status: number,
  recordedAtMs: number,
  bodyLength: number,
];
type JsonParts = [profile: unknown, wallet: unknown, usage: unknown, holds: unknown, rest: unknown];

type JsonChanges = [
  accountId: string,
  version: number,
  parts: JsonParts | null,
  entries: JsonRow[],
  usage: JsonRow[],
  cells: JsonCell[],
  answers: JsonAnswer[],
  seldom: JsonSeldom | null,
];

/** What few transactions write. */
interface JsonSeldom {
  activity: JsonRow[];
  holds: JsonRecord[];
  tasks: JsonRecord[];
  members: JsonRecord[];
  purchases: JsonRecord[];
  events: [id: string, contentHash: string][];
}

const version = 1;

export function encodeJournal(changes: Iterable<AccountChanges>): JournalText {
  const parts: string[] = [];
  const answerBodies: string[] = [];
  for (const account of changes) {
    parts.push(encodeChanges(account));
    for (const answer of account.answers) answerBodies.push(answer.body);
  }
  return { body: `[${version},[${parts.join(',\n')}]]`, answerBodies: answerBodies.join('') };
}

function encodeChanges(account: AccountChanges): string {
  const cells: JsonCell[] = account.cells.cells.map((cell) => [
    cell.day,
    cell.metric,
    cell.dimension,
    cell.value,
    amountToJson(cell.quantity),
  ]);
  const answers: JsonAnswer[] = account.answers.map((answer) => [
    answer.key,
    answer.requestHash,
    answer.status,
    answer.recordedAtMs,
    answer.body.length,
  ]);
  return `[${[
    JSON.stringify(account.accountId),
    account.version,
    encodeParts(account.encoded),
    encodeRows(account.entries.map((row) => [row.seq, row.id, row.body])),
    encodeRows(account.usage.map((row) => [row.atMs, row.id, row.body])),
    JSON.stringify(cells),
    JSON.stringify(answers),
    encodeSeldom(account),
  ].join(',')}]`;
}

function encodeParts(encoded: EncodedAccount | undefined): string {
  if (encoded === undefined) return 'null';
  const { profile = 'null', wallet = 'null', usage = 'null', holds = 'null', rest = 'null' } = encoded;
  return `[${profile},${wallet},${usage},${holds},${rest}]`;
}

/** Bodies are JSON already and go in as they are. */
function encodeRows(rows: readonly (readonly [key: number, id: string, body: string])[]): string {
  return `[${rows.map(([key, id, body]) => `[${key},${JSON.stringify(id)},${body}]`).join(',')}]`;
}

function encodeSeldom({ activity, holds, tasks, members, purchases, events }: AccountChanges): string {
  if ((activity ?? holds ?? tasks ?? members ?? purchases ?? events) === undefined) return 'null';
  const eventPairs = [...(events?.values() ?? [])].map((event) => [event.id, event.contentHash]);
  return `{"activity":${encodeRows((activity ?? []).map((row) => [row.atMs, row.id, row.body]))},"holds":${encodeRecords(
    holds,
    holdCodec,
  )},"tasks":${encodeRecords(tasks, taskCodec)},"members":${encodeRecords(members, memberCodec)},"purchases":${encodeRecords(
    purchases,
    purchaseCodec,
  )},"events":${JSON.stringify(eventPairs)}}`;
}

function encodeRecords<Value>(records: Map<string, Value> | undefined, codec: RecordCodec<Value>): string {
  const items = [...(records ?? [])].map(([id, record]) => `[${JSON.stringify(id)},${codec.encode(record)}]`);
  return `[${items.join(',')}]`;
}

/**
 * The changes of one journal row.
 * @throws StoredFormatError
 */
export function decodeJournal({ body, answerBodies }: JournalText): AccountChanges[] {
  const [, list] = parseStored<[number, JsonChanges[]]>('journal row', version, body);
  let answersEnd = 0;
  return list.map(([accountId, accountVersion, parts, entries, usage, cells, answers, seldom]) => {
    const account = new AccountChanges(accountId);
    account.version = accountVersion;
    account.encoded = parts === null ? undefined : partsToText(parts);
    account.entries = entries.map(([seq, id, json]): EntryRow => ({ seq, id, body: JSON.stringify(json) }));
    account.usage = timedRows(usage);
    for (const [day, metric, dimension, value, quantity] of cells) {
      account.cells.add({ accountId, day, metric, dimension, value, quantity: amountFromJson(quantity) });
    }
    account.answers = answers.map(([key, requestHash, status, recordedAtMs, bodyLength]) => {
      const begin = answersEnd;
      answersEnd += bodyLength;
      return {
        accountId,
        key,
        requestHash,
        status,
        recordedAtMs,
        body: answerBodies.slice(begin, answersEnd),
      };
    });
    if (seldom !== null) {
      account.activity = timedRows(seldom.activity);
      account.holds = recordsById(seldom.holds, holdCodec);
      account.tasks = recordsById(seldom.tasks, taskCodec);
      account.members = recordsById(seldom.members, memberCodec);
      account.purchases = recordsById(seldom.purchases, purchaseCodec);
      account.events = new Map(
        seldom.events.map(([id, contentHash]) => [id, { accountId, id, contentHash }]),
      );
    }
    return account;
  });
}

function partsToText([profile, wallet, usage, holds, rest]: JsonParts): EncodedAccount {
  const toText = (part: unknown): string | undefined => (part === null ? undefined : JSON.stringify(part));
  return {
    profile: toText(profile),
    wallet: toText(wallet),
    usage: toText(usage),
    holds: toText(holds),
    rest: toText(rest),
  };
}

function timedRows(rows: readonly JsonRow[]): TimedRow[] {
  return rows.map(([atMs, id, json]) => ({ atMs, id, body: JSON.stringify(json) }));
}

function recordsById<Value>(records: readonly JsonRecord[], codec: RecordCodec<Value>): Map<string, Value> {
  return new Map(records.map(([id, json]) => [id, codec.decode(JSON.stringify(json))]));
}
