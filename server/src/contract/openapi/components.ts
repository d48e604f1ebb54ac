import type * as z from 'zod';
import * as access from '../schemas/access.ts';
import * as account from '../schemas/account.ts';
import * as catalog from '../schemas/catalog.ts';
import * as clocks from '../schemas/clocks.ts';
import * as credits from '../schemas/credits.ts';
import * as diagnosis from '../schemas/diagnosis.ts';
import * as events from '../schemas/events.ts';
import * as explain from '../schemas/explain.ts';
import * as gate from '../schemas/gate.ts';
import * as holds from '../schemas/holds.ts';
import * as meta from '../schemas/meta.ts';
import * as problem from '../schemas/problem.ts';
import * as purchases from '../schemas/purchases.ts';
import * as routing from '../schemas/routing.ts';
import * as stream from '../schemas/stream.ts';
import * as subscription from '../schemas/subscription.ts';
import * as summary from '../schemas/summary.ts';
import * as tasks from '../schemas/tasks.ts';
import * as usage from '../schemas/usage.ts';

/** Every schema that the description names, by the name of its type. */
export const components = {
  Account: account.account,
  AccountInput: account.accountInput,
  AccountPage: account.accountPage,
  Member: account.member,
  MemberInput: account.memberInput,
  MemberPage: account.memberPage,
  TokenRequest: access.tokenRequest,
  Token: access.token,
  KeyRequest: access.keyRequest,
  CreatedKey: access.createdKey,
  KeyPage: access.keyPage,
  Whoami: access.whoami,
  UseRequest: gate.useRequest,
  Item: gate.item,
  LineItem: gate.lineItem,
  Refusal: gate.refusal,
  CheckAnswer: gate.checkAnswer,
  ConsumeAnswer: gate.consumeAnswer,
  HoldRequest: holds.holdRequest,
  Hold: holds.hold,
  HoldPage: holds.holdPage,
  HoldAnswer: holds.holdAnswer,
  SettleRequest: holds.settleRequest,
  ReleaseRequest: holds.releaseRequest,
  UsageEvent: events.usageEvent,
  EventsRequest: events.eventsRequest,
  EventsAnswer: events.eventsAnswer,
  Task: tasks.task,
  TaskRequest: tasks.taskRequest,
  TaskChange: tasks.taskChange,
  TaskPage: tasks.taskPage,
  GrantRequest: credits.grantRequest,
  Grant: credits.grant,
  GrantAnswer: credits.grantAnswer,
  Credits: credits.credits,
  LedgerEntry: credits.ledgerEntry,
  LedgerPage: credits.ledgerPage,
  Explanation: explain.explanation,
  Diagnosis: diagnosis.diagnosis,
  Summary: summary.summary,
  Usage: usage.usage,
  UsageSeries: usage.usageSeries,
  MetricHistory: usage.metricHistory,
  UsageHistory: usage.usageHistory,
  Subscription: subscription.subscription,
  PlanChange: subscription.planChange,
  SubscriptionCommand: subscription.subscriptionCommand,
  SubscriptionChange: subscription.subscriptionChange,
  SubscriptionChangeAnswer: subscription.subscriptionChangeAnswer,
  CatalogConfig: catalog.catalogConfig,
  CatalogView: catalog.catalogView,
  ModelList: catalog.modelList,
  RouteRequest: routing.routeRequest,
  RouteAnswer: routing.routeAnswer,
  Purchase: purchases.purchase,
  PurchaseAnswer: purchases.purchaseAnswer,
  AdjustmentRequest: purchases.adjustmentRequest,
  AdjustmentAnswer: purchases.adjustmentAnswer,
  AutoTopUpInput: purchases.autoTopUpInput,
  AutoTopUp: purchases.autoTopUp,
  ActivityPage: purchases.activityPage,
  OwnKeyInput: purchases.ownKeyInput,
  OwnKeyList: purchases.ownKeyList,
  PaymentSessionRequest: purchases.paymentSessionRequest,
  PaymentSession: purchases.paymentSession,
  StreamMessage: stream.streamMessage,
  TestClock: clocks.testClock,
  TestClockRequest: clocks.testClockRequest,
  TestClockAdvance: clocks.testClockAdvance,
  Meta: meta.meta,
  Problem: problem.problem,
  NeutralProblem: problem.neutralProblem,
} satisfies Record<string, z.ZodType>;
