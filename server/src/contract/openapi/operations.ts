import * as z from 'zod';
import { paths } from '../paths.ts';
import { id, pageQuery } from '../schemas/primitives.ts';
import { taskQuery } from '../schemas/tasks.ts';
import { seriesQuery } from '../schemas/usage.ts';
import { components as schema } from './components.ts';
import { backend, get, members, type Operation, patch, post, put, readers, remove } from './operation.ts';
import { purchaseOperations } from './purchase-operations.ts';
import { subscriptionOperations } from './subscription-operations.ts';

const ofAccount = z.strictObject({ accountId: id.exactOptional() });

const gates: Operation[] = [
  post(paths.check, members, 'Whether a use would pass, and what it would cost; changes nothing', {
    body: schema.UseRequest,
    200: schema.CheckAnswer,
  }),
  post(paths.consume, backend, 'Decides, debits and records a use; durable once answered', {
    body: schema.UseRequest,
    idempotent: 'required',
    200: schema.ConsumeAnswer,
  }),
  post(paths.events, backend, 'Reports usage facts, idempotent by their ids', {
    body: schema.EventsRequest,
    200: schema.EventsAnswer,
  }),
  post(paths.holds, backend, 'Sets credits aside before a cost is known', {
    body: schema.HoldRequest,
    idempotent: 'optional',
    201: schema.HoldAnswer,
  }),
  get(paths.holds, readers, 'Holds, newest first', {
    query: z.strictObject({ ...pageQuery.shape, ...ofAccount.shape }),
    200: schema.HoldPage,
  }),
  get(paths.hold(':holdId'), readers, 'One hold', { query: ofAccount, 200: schema.Hold }),
  post(paths.settleHold(':holdId'), backend, 'Charges what was really used, whole or in parts', {
    body: schema.SettleRequest,
    idempotent: 'required',
    200: schema.HoldAnswer,
  }),
  post(paths.releaseHold(':holdId'), backend, 'Gives back what is still set aside', {
    body: schema.ReleaseRequest,
    idempotent: 'required',
    200: schema.HoldAnswer,
  }),
];

const accounts: Operation[] = [
  get(paths.accounts, backend, 'Accounts by id', { query: pageQuery, 200: schema.AccountPage }),
  put(paths.account(':accountId'), backend, 'Makes an account, or changes the fields that are given', {
    body: schema.AccountInput,
    200: schema.Account,
    201: schema.Account,
  }),
  get(paths.account(':accountId'), backend, 'One account', { 200: schema.Account }),
  get(paths.members(':accountId'), members, 'Members by id', { query: pageQuery, 200: schema.MemberPage }),
  put(
    paths.member(':accountId', ':memberId'),
    members,
    'Makes a member or changes one; those who manage the account set allocations',
    { body: schema.MemberInput, 200: schema.Member, 201: schema.Member },
  ),
  get(paths.member(':accountId', ':memberId'), members, 'One member', { 200: schema.Member }),
  post(paths.tokens, backend, 'Signs a token for a browser of a member or visitor', {
    body: schema.TokenRequest,
    201: schema.Token,
  }),
  post(paths.keys, backend, 'Makes a key; its secret is in this answer and nowhere else', {
    body: schema.KeyRequest,
    201: schema.CreatedKey,
  }),
  get(paths.keys, backend, 'Keys, without their secrets', { query: pageQuery, 200: schema.KeyPage }),
  remove(paths.key(':keyId'), backend, 'Revokes a key, at once', { 204: null }),
  get(paths.whoami, readers, 'Who the caller is', { 200: schema.Whoami }),
];

const figures: Operation[] = [
  get(paths.summary(':accountId'), readers, 'What a badge and a popup need, with an ETag', {
    200: schema.Summary,
    304: null,
  }),
  get(
    paths.usage(':accountId'),
    readers,
    "Meters, budget, categories and the caller's own use in the present cycle",
    { 200: schema.Usage },
  ),
  get(paths.usageSeries(':accountId'), readers, 'One metric over time, in all or by one dimension', {
    query: seriesQuery,
    200: schema.UsageSeries,
  }),
  get(paths.usageHistory(':accountId'), readers, "Six months of the account's metrics", {
    200: schema.UsageHistory,
  }),
  get(paths.credits(':accountId'), readers, 'Balance, grants in burn order, what comes and what ends next', {
    200: schema.Credits,
  }),
  get(paths.ledger(':accountId'), readers, 'The ledger, newest first', {
    query: pageQuery,
    200: schema.LedgerPage,
  }),
  post(paths.grants(':accountId'), backend, 'Grants credits', {
    body: schema.GrantRequest,
    idempotent: 'required',
    201: schema.GrantAnswer,
  }),
  get(
    paths.explain(':accountId', ':entryId'),
    readers,
    'Why something was charged: rates, counts, grants, task',
    { 200: schema.Explanation },
  ),
  get(
    paths.diagnosis(':accountId'),
    readers,
    'Why work is blocked, if it is: tasks, then usage, then billing, and what helps',
    { 200: schema.Diagnosis },
  ),
  get(
    paths.stream(':accountId'),
    readers,
    'Server-sent events: which views changed; each message is a StreamMessage. Ends with the token',
    { 200: 'text/event-stream' },
  ),
  post(paths.tasks, backend, 'Makes a task; one that starts has its estimate set aside', {
    body: schema.TaskRequest,
    idempotent: 'optional',
    201: schema.Task,
  }),
  get(paths.tasks, readers, 'Tasks, newest first', { query: taskQuery, 200: schema.TaskPage }),
  get(paths.task(':taskId'), readers, 'One task', { query: ofAccount, 200: schema.Task }),
  patch(paths.task(':taskId'), backend, 'Moves a task on, charges what it used, keeps its result or error', {
    body: schema.TaskChange,
    idempotent: 'optional',
    200: schema.Task,
  }),
];

const catalog: Operation[] = [
  get(paths.catalog, readers, 'Plans, packs and categories as the caller may see them', {
    200: schema.CatalogView,
  }),
  put(paths.catalog, backend, "Makes a configuration the catalog's latest version", {
    body: schema.CatalogConfig,
    200: schema.CatalogView,
  }),
  get(paths.models, readers, 'Models with what they cost now', { query: ofAccount, 200: schema.ModelList }),
  post(paths.route, members, 'Auto mode: the cheapest model that fits, and what it costs', {
    body: schema.RouteRequest,
    200: schema.RouteAnswer,
  }),
];

const clocks: Operation[] = [
  post(paths.testClocks, backend, 'Makes a test clock', {
    body: schema.TestClockRequest,
    201: schema.TestClock,
  }),
  get(paths.testClock(':clockId'), backend, 'One test clock', { 200: schema.TestClock }),
  post(paths.advanceTestClock(':clockId'), backend, 'Moves a test clock forward', {
    body: schema.TestClockAdvance,
    200: schema.TestClock,
  }),
];

const operating: Operation[] = [
  get(paths.meta, 'anyone', 'Version, contract and mode', { 200: schema.Meta }),
  get(paths.openapi, 'anyone', 'This document', { 200: 'application/json' }),
  get(paths.health, 'anyone', 'Whether it runs', { 200: 'application/json' }),
  get(paths.ready, 'anyone', 'Whether it can answer', { 200: 'application/json' }),
  get(paths.metrics, 'anyone', 'Counts for Prometheus', { 200: 'text/plain' }),
];

/** Every operation of the API. A test holds it to the routes and to what they really answer. */
export const operations: readonly Operation[] = [
  ...gates,
  ...accounts,
  ...figures,
  ...subscriptionOperations,
  ...purchaseOperations,
  ...catalog,
  ...clocks,
  ...operating,
];
