import * as z from 'zod';
import { paths } from '../paths.ts';
import { id, pageQuery } from '../schemas/primitives.ts';
import { taskQuery } from '../schemas/tasks.ts';
import { seriesQuery } from '../schemas/usage.ts';
import { components as schema } from './components.ts';
import { addressOf, backend, members, type Operation, readers } from './operation.ts';
import { purchaseOperations } from './purchase-operations.ts';

const ofAccount = z.strictObject({ accountId: id.exactOptional() });

const gates: Operation[] = [
  {
    method: 'POST',
    path: paths.check,
    summary: 'Whether a use would pass, and what it would cost; changes nothing',
    callers: members,
    body: schema.UseRequest,
    answers: { 200: schema.CheckAnswer },
  },
  {
    method: 'POST',
    path: paths.consume,
    summary: 'Decides, debits and records a use; durable once answered',
    callers: backend,
    idempotent: 'required',
    body: schema.UseRequest,
    answers: { 200: schema.ConsumeAnswer },
  },
  {
    method: 'POST',
    path: paths.events,
    summary: 'Reports usage facts, idempotent by their ids',
    callers: backend,
    body: schema.EventsRequest,
    answers: { 200: schema.EventsAnswer },
  },
  {
    method: 'POST',
    path: paths.holds,
    summary: 'Sets credits aside before a cost is known',
    callers: backend,
    idempotent: 'optional',
    body: schema.HoldRequest,
    answers: { 201: schema.HoldAnswer },
  },
  {
    method: 'GET',
    path: paths.holds,
    summary: 'Holds, newest first',
    callers: readers,
    query: z.strictObject({ ...pageQuery.shape, ...ofAccount.shape }),
    answers: { 200: schema.HoldPage },
  },
  {
    method: 'GET',
    path: addressOf(paths.hold(':holdId')),
    summary: 'One hold',
    callers: readers,
    query: ofAccount,
    answers: { 200: schema.Hold },
  },
  {
    method: 'POST',
    path: addressOf(paths.settleHold(':holdId')),
    summary: 'Charges what was really used, whole or in parts',
    callers: backend,
    idempotent: 'required',
    body: schema.SettleRequest,
    answers: { 200: schema.HoldAnswer },
  },
  {
    method: 'POST',
    path: addressOf(paths.releaseHold(':holdId')),
    summary: 'Gives back what is still set aside',
    callers: backend,
    idempotent: 'required',
    body: schema.ReleaseRequest,
    answers: { 200: schema.HoldAnswer },
  },
];

const accounts: Operation[] = [
  {
    method: 'GET',
    path: paths.accounts,
    summary: 'Accounts by id',
    callers: backend,
    query: pageQuery,
    answers: { 200: schema.AccountPage },
  },
  {
    method: 'PUT',
    path: addressOf(paths.account(':accountId')),
    summary: 'Makes an account, or changes the fields that are given',
    callers: backend,
    body: schema.AccountInput,
    answers: { 200: schema.Account, 201: schema.Account },
  },
  {
    method: 'GET',
    path: addressOf(paths.account(':accountId')),
    summary: 'One account',
    callers: backend,
    answers: { 200: schema.Account },
  },
  {
    method: 'GET',
    path: addressOf(paths.members(':accountId')),
    summary: 'Members by id',
    callers: members,
    query: pageQuery,
    answers: { 200: schema.MemberPage },
  },
  {
    method: 'PUT',
    path: addressOf(paths.member(':accountId', ':memberId')),
    summary: 'Makes a member or changes one; those who manage the account set allocations',
    callers: members,
    body: schema.MemberInput,
    answers: { 200: schema.Member, 201: schema.Member },
  },
  {
    method: 'GET',
    path: addressOf(paths.member(':accountId', ':memberId')),
    summary: 'One member',
    callers: members,
    answers: { 200: schema.Member },
  },
  {
    method: 'POST',
    path: paths.tokens,
    summary: 'Signs a token for a browser of a member or visitor',
    callers: backend,
    body: schema.TokenRequest,
    answers: { 201: schema.Token },
  },
  {
    method: 'POST',
    path: paths.keys,
    summary: 'Makes a key; its secret is in this answer and nowhere else',
    callers: backend,
    body: schema.KeyRequest,
    answers: { 201: schema.CreatedKey },
  },
  {
    method: 'GET',
    path: paths.keys,
    summary: 'Keys, without their secrets',
    callers: backend,
    query: pageQuery,
    answers: { 200: schema.KeyPage },
  },
  {
    method: 'DELETE',
    path: addressOf(paths.key(':keyId')),
    summary: 'Revokes a key, at once',
    callers: backend,
    answers: { 204: null },
  },
  {
    method: 'GET',
    path: paths.whoami,
    summary: 'Who the caller is',
    callers: readers,
    answers: { 200: schema.Whoami },
  },
];

const figures: Operation[] = [
  {
    method: 'GET',
    path: addressOf(paths.summary(':accountId')),
    summary: 'What a badge and a popup need, with an ETag',
    callers: readers,
    answers: { 200: schema.Summary, 304: null },
  },
  {
    method: 'GET',
    path: addressOf(paths.usage(':accountId')),
    summary: "Meters, budget, categories and the caller's own use in the present cycle",
    callers: readers,
    answers: { 200: schema.Usage },
  },
  {
    method: 'GET',
    path: addressOf(paths.usageSeries(':accountId')),
    summary: 'One metric over time, in all or by one dimension',
    callers: readers,
    query: seriesQuery,
    answers: { 200: schema.UsageSeries },
  },
  {
    method: 'GET',
    path: addressOf(paths.credits(':accountId')),
    summary: 'Balance, grants in burn order, what comes and what ends next',
    callers: readers,
    answers: { 200: schema.Credits },
  },
  {
    method: 'GET',
    path: addressOf(paths.ledger(':accountId')),
    summary: 'The ledger, newest first',
    callers: readers,
    query: pageQuery,
    answers: { 200: schema.LedgerPage },
  },
  {
    method: 'POST',
    path: addressOf(paths.grants(':accountId')),
    summary: 'Grants credits',
    callers: backend,
    idempotent: 'required',
    body: schema.GrantRequest,
    answers: { 201: schema.GrantAnswer },
  },
  {
    method: 'GET',
    path: addressOf(paths.explain(':accountId', ':entryId')),
    summary: 'Why something was charged: rates, counts, grants, task',
    callers: readers,
    answers: { 200: schema.Explanation },
  },
  {
    method: 'GET',
    path: addressOf(paths.diagnosis(':accountId')),
    summary: 'Why work is blocked, if it is: tasks, then usage, then billing, and what helps',
    callers: readers,
    answers: { 200: schema.Diagnosis },
  },
  {
    method: 'GET',
    path: addressOf(paths.subscription(':accountId')),
    summary: 'The plan, what it includes with its use, and what comes next',
    callers: readers,
    answers: { 200: schema.Subscription },
  },
  {
    method: 'GET',
    path: addressOf(paths.stream(':accountId')),
    summary: 'Server-sent events: which views changed; each message is a StreamMessage. Ends with the token',
    callers: readers,
    answers: { 200: 'text/event-stream' },
  },
  {
    method: 'POST',
    path: paths.tasks,
    summary: 'Makes a task; one that starts has its estimate set aside',
    callers: backend,
    idempotent: 'optional',
    body: schema.TaskRequest,
    answers: { 201: schema.Task },
  },
  {
    method: 'GET',
    path: paths.tasks,
    summary: 'Tasks, newest first',
    callers: readers,
    query: taskQuery,
    answers: { 200: schema.TaskPage },
  },
  {
    method: 'GET',
    path: addressOf(paths.task(':taskId')),
    summary: 'One task',
    callers: readers,
    query: ofAccount,
    answers: { 200: schema.Task },
  },
  {
    method: 'PATCH',
    path: addressOf(paths.task(':taskId')),
    summary: 'Moves a task on, charges what it used, keeps its result or error',
    callers: backend,
    idempotent: 'optional',
    body: schema.TaskChange,
    answers: { 200: schema.Task },
  },
];

const catalog: Operation[] = [
  {
    method: 'GET',
    path: paths.catalog,
    summary: 'Plans, packs and categories as the caller may see them',
    callers: readers,
    answers: { 200: schema.CatalogView },
  },
  {
    method: 'PUT',
    path: paths.catalog,
    summary: "Makes a configuration the catalog's latest version",
    callers: backend,
    body: schema.CatalogConfig,
    answers: { 200: schema.CatalogView },
  },
  {
    method: 'GET',
    path: paths.models,
    summary: 'Models with what they cost now',
    callers: readers,
    query: ofAccount,
    answers: { 200: schema.ModelList },
  },
  {
    method: 'POST',
    path: paths.route,
    summary: 'Auto mode: the cheapest model that fits, and what it costs',
    callers: members,
    body: schema.RouteRequest,
    answers: { 200: schema.RouteAnswer },
  },
];

const clocks: Operation[] = [
  {
    method: 'POST',
    path: paths.testClocks,
    summary: 'Makes a test clock',
    callers: backend,
    body: schema.TestClockRequest,
    answers: { 201: schema.TestClock },
  },
  {
    method: 'GET',
    path: addressOf(paths.testClock(':clockId')),
    summary: 'One test clock',
    callers: backend,
    answers: { 200: schema.TestClock },
  },
  {
    method: 'POST',
    path: addressOf(paths.advanceTestClock(':clockId')),
    summary: 'Moves a test clock forward',
    callers: backend,
    body: schema.TestClockAdvance,
    answers: { 200: schema.TestClock },
  },
];

const open = { callers: 'anyone' } as const;
const operating: Operation[] = [
  {
    ...open,
    method: 'GET',
    path: paths.meta,
    summary: 'Version, contract and mode',
    answers: { 200: schema.Meta },
  },
  {
    ...open,
    method: 'GET',
    path: paths.openapi,
    summary: 'This document',
    answers: { 200: 'application/json' },
  },
  {
    ...open,
    method: 'GET',
    path: paths.health,
    summary: 'Whether it runs',
    answers: { 200: 'application/json' },
  },
  {
    ...open,
    method: 'GET',
    path: paths.ready,
    summary: 'Whether it can answer',
    answers: { 200: 'application/json' },
  },
  {
    ...open,
    method: 'GET',
    path: paths.metrics,
    summary: 'Counts for Prometheus',
    answers: { 200: 'text/plain' },
  },
];

/** Every operation of the API. A test holds it to the routes and to what they really answer. */
export const operations: readonly Operation[] = [
  ...gates,
  ...accounts,
  ...figures,
  ...purchaseOperations,
  ...catalog,
  ...clocks,
  ...operating,
];
