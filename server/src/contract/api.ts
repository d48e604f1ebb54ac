import type { Whoami } from './access/access.ts';
import type { Account, AccountInput, AccountQuery, ExistingChoice } from './accounts/account.ts';
import type { Summary } from './accounts/summary.ts';
import type { Activity } from './activity/activity.ts';
import type { CatalogConfig } from './catalog/catalog.ts';
import type { CatalogVersion, CatalogView, ModelList, StoredCatalog } from './catalog/catalog-view.ts';
import type { RouteAnswer, RouteRequest } from './catalog/routing.ts';
import type { TestClock, TestClockAdvance, TestClockRequest } from './clocks/clocks.ts';
import type { Credits, GrantAnswer, GrantRequest, LedgerEntry } from './credits/credits.ts';
import type { Explanation } from './credits/explain.ts';
import type { Diagnosis } from './diagnosis/diagnosis.ts';
import type { AccountErasureRequest, Erasure, MemberErasureRequest } from './erasures/erasures.ts';
import type { EventsAnswer, EventsRequest } from './events/events.ts';
import type { ArchiveQuery, ExportQuery } from './exports/exports.ts';
import type { Forecast } from './forecast/forecast.ts';
import type { CheckAnswer, ConsumeAnswer, UseRequest } from './gate/gate.ts';
import type { Hold, HoldAnswer, HoldRequest, ReleaseRequest, SettleRequest } from './holds/holds.ts';
import type { Items, OfAccount, Page, PageQuery } from './http/page.ts';
import type { Charge, PortalSession, PortalSessionRequest, RefundRequest } from './invoices/charges.ts';
import type {
  BillingDetails,
  CreditNoteAnswer,
  CreditNoteRequest,
  CustomLineAnswer,
  CustomLineRequest,
  ExplainedInvoiceLine,
  Invoice,
  InvoiceExportQuery,
  InvoicePdfQuery,
  InvoiceReason,
  PayAnswer,
  UpcomingInvoice,
} from './invoices/invoices.ts';
import type { CreatedKey, Key, KeyRequest, KeyRotation, Token, TokenRequest } from './keys/keys.ts';
import type { Member, MemberInput, MemberInvitation } from './members/members.ts';
import type {
  CreatedWebhookEndpoint,
  Notice,
  NoticeQuery,
  WebhookEndpoint,
  WebhookEndpointInput,
} from './notices/notices.ts';
import type {
  AuditEntry,
  DoctorReport,
  PaymentReconciliation,
  PaymentSpan,
  ReconciledAccount,
  ReconciliationQuery,
} from './operations/operations.ts';
import type { OwnKey, OwnKeyInput } from './own-keys/own-keys.ts';
import type {
  ConnectedBrowser,
  ExtensionToken,
  Pairing,
  PairingRequest,
  PairingTokenRequest,
  StartedPairing,
} from './pairings/pairings.ts';
import type {
  AdjustmentAnswer,
  AdjustmentRequest,
  AutoTopUp,
  AutoTopUpInput,
  PaymentMethodAnswer,
  PaymentSession,
  PaymentSessionRequest,
  Purchase,
  PurchaseAnswer,
  PurchaseRequest,
} from './purchases/purchases.ts';
import type { Meta } from './server/meta.ts';
import type {
  AdditionalUseInput,
  AlertEmailInput,
  AlertsInput,
  ContractInput,
  DedicatedIpInput,
  MoveToLatestInput,
  OwnLimitInput,
  PaymentStandingInput,
  PlanChangeRequest,
  QuantityRequest,
  Subscription,
  SubscriptionChange,
  SubscriptionChangeAnswer,
  SubscriptionCommand,
  TrialEndRequest,
  TrialStart,
} from './subscription/subscription.ts';
import type { Task, TaskChange, TaskQuery, TaskRequest, TaskSelection } from './tasks/tasks.ts';
import type { SeriesQuery, Usage, UsageHistory, UsageSeries } from './usage/usage.ts';
import type { Use, UsesQuery } from './usage/uses.ts';
import type { VoidAnswer, VoidRequest } from './voids/voids.ts';

/**
 * Every call of the API by its method and address, with what it takes and answers. It is types alone, so that a client
 * carries nothing of it. The server's routes are held to it: a call without a route does not compile, nor does a route
 * that takes or answers something else, or that is not named here.
 */
export interface Api {
  // The gates, and what they lead to
  'POST /v1/check': { body: UseRequest; answer: CheckAnswer };
  'POST /v1/consume': { body: UseRequest; answer: ConsumeAnswer; idempotency: 'required' };
  'POST /v1/events': { body: EventsRequest; answer: EventsAnswer };
  'POST /v1/otlp/v1/traces': { answer: object };
  'POST /v1/holds': { body: HoldRequest; answer: HoldAnswer; idempotency: 'optional' };
  'GET /v1/holds': { query: PageQuery & OfAccount; answer: Page<Hold> };
  'GET /v1/holds/:holdId': { query: OfAccount; answer: Hold };
  'POST /v1/holds/:holdId/settle': { body: SettleRequest; answer: HoldAnswer; idempotency: 'required' };
  'POST /v1/holds/:holdId/release': { body: ReleaseRequest; answer: HoldAnswer; idempotency: 'required' };
  'POST /v1/tasks': { body: TaskRequest; answer: Task; idempotency: 'optional' };
  'GET /v1/tasks': { query: TaskQuery; answer: Page<Task> };
  'GET /v1/accounts/:accountId/tasks/export': { query: TaskSelection; answer: string };
  'GET /v1/tasks/:taskId': { query: OfAccount; answer: Task };
  'PATCH /v1/tasks/:taskId': { body: TaskChange; answer: Task; idempotency: 'optional' };

  // Accounts, members, and who calls
  'GET /v1/accounts': { query: PageQuery & AccountQuery; answer: Page<Account> };
  'GET /v1/accounts/:accountId': { answer: Account };
  'PUT /v1/accounts/:accountId': { query: ExistingChoice; body: AccountInput; answer: Account };
  'GET /v1/accounts/:accountId/members': { query: PageQuery; answer: Page<Member> };
  'POST /v1/accounts/:accountId/members': { body: MemberInvitation; answer: Member };
  'GET /v1/accounts/:accountId/members/:memberId': { answer: Member };
  'PUT /v1/accounts/:accountId/members/:memberId': {
    query: ExistingChoice;
    body: MemberInput;
    answer: Member;
  };
  'DELETE /v1/accounts/:accountId/members/:memberId': { answer: null };
  'POST /v1/tokens': { body: TokenRequest; answer: Token };
  'GET /v1/keys': { query: PageQuery; answer: Page<Key> };
  'POST /v1/keys': { body: KeyRequest; answer: CreatedKey };
  'DELETE /v1/keys/:keyId': { answer: null };
  'POST /v1/keys/:keyId/rotate': { body: KeyRotation; answer: CreatedKey };
  'POST /v1/token-secret/rotate': { answer: null };
  'GET /v1/whoami': { answer: Whoami };

  // Connecting the extension of a member's browser
  'POST /v1/pairings': { body: PairingRequest; answer: StartedPairing };
  'POST /v1/pairings/token': { body: PairingTokenRequest; answer: ExtensionToken };
  'GET /v1/pairings/:userCode': { answer: Pairing };
  'POST /v1/pairings/:userCode/approve': { answer: Pairing };
  'POST /v1/pairings/:userCode/deny': { answer: Pairing };
  'POST /v1/keys/own/rotate': { answer: ExtensionToken };
  'GET /v1/accounts/:accountId/connected-browsers': { query: PageQuery; answer: Page<ConnectedBrowser> };
  'DELETE /v1/accounts/:accountId/connected-browsers/:browserId': { answer: null };

  // Figures
  'GET /v1/accounts/:accountId/summary': { answer: Summary };
  'GET /v1/accounts/:accountId/usage': { answer: Usage };
  'GET /v1/accounts/:accountId/usage/series': { query: SeriesQuery; answer: UsageSeries };
  'GET /v1/accounts/:accountId/uses': { query: UsesQuery; answer: Page<Use> };
  'GET /v1/accounts/:accountId/usage/history': { answer: UsageHistory };
  'GET /v1/accounts/:accountId/forecast': { answer: Forecast };
  'GET /v1/accounts/:accountId/diagnosis': { answer: Diagnosis };
  'GET /v1/accounts/:accountId/stream': { answer: ReadableStream<Uint8Array> };

  // What was bought, and changing it
  'GET /v1/accounts/:accountId/subscription': { answer: Subscription };
  'POST /v1/accounts/:accountId/subscription/preview': {
    body: SubscriptionCommand;
    answer: SubscriptionChange;
  };
  'POST /v1/accounts/:accountId/subscription/change': {
    body: PlanChangeRequest;
    answer: SubscriptionChangeAnswer;
    idempotency: 'required';
  };
  'POST /v1/accounts/:accountId/subscription/cancel': {
    answer: SubscriptionChangeAnswer;
    idempotency: 'required';
  };
  'POST /v1/accounts/:accountId/subscription/resume': {
    answer: SubscriptionChangeAnswer;
    idempotency: 'required';
  };

  'POST /v1/accounts/:accountId/subscription/trial': {
    body: TrialStart;
    answer: SubscriptionChangeAnswer;
    idempotency: 'required';
  };
  'POST /v1/accounts/:accountId/subscription/trial/end': {
    body: TrialEndRequest;
    answer: SubscriptionChangeAnswer;
    idempotency: 'required';
  };
  'POST /v1/accounts/:accountId/subscription/move': {
    body: MoveToLatestInput;
    answer: SubscriptionChangeAnswer;
    idempotency: 'required';
  };
  'PUT /v1/accounts/:accountId/contract': { body: ContractInput; answer: SubscriptionChangeAnswer };
  'DELETE /v1/accounts/:accountId/contract': { answer: SubscriptionChangeAnswer };
  'PUT /v1/accounts/:accountId/payment-standing': { body: PaymentStandingInput; answer: Subscription };
  'PUT /v1/accounts/:accountId/seats/:seatType': {
    body: QuantityRequest;
    answer: SubscriptionChangeAnswer;
    idempotency: 'optional';
  };
  'PUT /v1/accounts/:accountId/add-ons/:addOnId': {
    body: QuantityRequest;
    answer: SubscriptionChangeAnswer;
    idempotency: 'optional';
  };
  'PUT /v1/accounts/:accountId/dedicated-ips': {
    body: QuantityRequest;
    answer: SubscriptionChangeAnswer;
    idempotency: 'optional';
  };
  'PUT /v1/accounts/:accountId/dedicated-ips/:ipId': {
    body: DedicatedIpInput;
    answer: SubscriptionChangeAnswer;
  };
  'DELETE /v1/accounts/:accountId/dedicated-ips/:ipId': { answer: SubscriptionChangeAnswer };
  'PUT /v1/accounts/:accountId/additional-use/:metric': {
    body: AdditionalUseInput;
    answer: SubscriptionChangeAnswer;
  };
  'PUT /v1/accounts/:accountId/limits/:metric': { body: OwnLimitInput; answer: SubscriptionChangeAnswer };
  'PUT /v1/accounts/:accountId/alerts/:metric': { body: AlertsInput; answer: SubscriptionChangeAnswer };
  'PUT /v1/accounts/:accountId/alert-email': { body: AlertEmailInput; answer: SubscriptionChangeAnswer };

  // Credits, and buying them
  'GET /v1/accounts/:accountId/credits': { answer: Credits };
  'GET /v1/accounts/:accountId/ledger': { query: PageQuery; answer: Page<LedgerEntry> };
  'GET /v1/accounts/:accountId/explain/:entryId': { answer: Explanation };
  'GET /v1/accounts/:accountId/activity': { query: PageQuery; answer: Page<Activity> };
  'POST /v1/accounts/:accountId/grants': {
    body: GrantRequest;
    answer: GrantAnswer;
    idempotency: 'required';
  };
  'POST /v1/accounts/:accountId/adjustments': {
    body: AdjustmentRequest;
    answer: AdjustmentAnswer;
    idempotency: 'required';
  };
  'POST /v1/accounts/:accountId/voids': { body: VoidRequest; answer: VoidAnswer; idempotency: 'required' };
  'POST /v1/accounts/:accountId/credit-packs/:packId/purchase': {
    body: PurchaseRequest;
    answer: PurchaseAnswer;
    idempotency: 'required';
  };
  'GET /v1/accounts/:accountId/purchases/:purchaseId': { answer: Purchase };
  'GET /v1/accounts/:accountId/auto-top-up': { answer: AutoTopUp };
  'PUT /v1/accounts/:accountId/auto-top-up': { body: AutoTopUpInput; answer: AutoTopUp };
  'GET /v1/accounts/:accountId/payment-method': { answer: PaymentMethodAnswer };
  'POST /v1/accounts/:accountId/payment-method/session': {
    body: PaymentSessionRequest;
    answer: PaymentSession;
  };

  // Invoices, and paying them
  'GET /v1/accounts/:accountId/invoices': { query: PageQuery; answer: Page<Invoice> };
  'GET /v1/accounts/:accountId/invoices/upcoming': { answer: UpcomingInvoice };
  'GET /v1/accounts/:accountId/invoices/export': { query: InvoiceExportQuery; answer: string };
  'GET /v1/accounts/:accountId/invoices/:invoiceId': { answer: Invoice };
  'GET /v1/accounts/:accountId/invoices/:invoiceId/lines/:lineId': {
    query: PageQuery;
    answer: ExplainedInvoiceLine;
  };
  'GET /v1/accounts/:accountId/invoices/:invoiceId/pdf': {
    query: InvoicePdfQuery;
    answer: ReadableStream<Uint8Array>;
  };
  'POST /v1/accounts/:accountId/invoices/:invoiceId/pay': { answer: PayAnswer };
  'POST /v1/accounts/:accountId/invoices/:invoiceId/void': {
    body: InvoiceReason;
    answer: Invoice;
    idempotency: 'required';
  };
  'POST /v1/accounts/:accountId/invoices/:invoiceId/uncollectible': {
    body: InvoiceReason;
    answer: Invoice;
    idempotency: 'required';
  };
  'POST /v1/accounts/:accountId/invoices/:invoiceId/paid': {
    body: InvoiceReason;
    answer: Invoice;
    idempotency: 'required';
  };
  'POST /v1/accounts/:accountId/invoices/:invoiceId/credit-notes': {
    body: CreditNoteRequest;
    answer: CreditNoteAnswer;
    idempotency: 'required';
  };
  'POST /v1/accounts/:accountId/invoice-lines': {
    body: CustomLineRequest;
    answer: CustomLineAnswer;
    idempotency: 'required';
  };
  'GET /v1/accounts/:accountId/charges': { query: PageQuery; answer: Page<Charge> };
  'POST /v1/accounts/:accountId/charges/:chargeId/withdraw': { answer: Charge };
  'POST /v1/accounts/:accountId/charges/:chargeId/refunds': {
    body: RefundRequest;
    answer: Charge;
    idempotency: 'required';
  };
  'POST /v1/accounts/:accountId/portal/session': { body: PortalSessionRequest; answer: PortalSession };
  'GET /v1/accounts/:accountId/billing-details': { answer: BillingDetails };
  'PUT /v1/accounts/:accountId/billing-details': { body: BillingDetails; answer: BillingDetails };

  // Everything out
  'GET /v1/accounts/:accountId/export': { query: ArchiveQuery; answer: ReadableStream<Uint8Array> };
  'GET /v1/accounts/:accountId/export/:dataset': { query: ExportQuery; answer: ReadableStream<Uint8Array> };

  // The catalog, and keys of the account's own
  'GET /v1/catalog': { answer: CatalogView };
  'PUT /v1/catalog': { body: CatalogConfig; answer: CatalogView };
  'GET /v1/catalog/versions': { query: PageQuery; answer: Page<CatalogVersion> };
  'GET /v1/catalog/versions/:version': { answer: StoredCatalog };
  'POST /v1/catalog/versions/:version/restore': { answer: CatalogVersion };
  'GET /v1/models': { query: OfAccount; answer: ModelList };
  'POST /v1/route': { body: RouteRequest; answer: RouteAnswer };
  'GET /v1/accounts/:accountId/own-keys': { answer: Items<OwnKey> };
  'PUT /v1/accounts/:accountId/own-keys/:provider': { body: OwnKeyInput; answer: Items<OwnKey> };
  'DELETE /v1/accounts/:accountId/own-keys/:provider': { answer: null };

  // What accounts are told
  'GET /v1/webhook-endpoints': { query: PageQuery; answer: Page<WebhookEndpoint> };
  'GET /v1/webhook-endpoints/:endpointId': { answer: WebhookEndpoint };
  'PUT /v1/webhook-endpoints/:endpointId': { body: WebhookEndpointInput; answer: CreatedWebhookEndpoint };
  'DELETE /v1/webhook-endpoints/:endpointId': { answer: null };
  'POST /v1/webhook-endpoints/:endpointId/rotate-secret': { answer: CreatedWebhookEndpoint };
  'GET /v1/notices': { query: PageQuery & NoticeQuery; answer: Page<Notice> };
  'POST /v1/accounts/:accountId/notices/:noticeId/replay': { answer: Notice };

  // Test clocks
  'POST /v1/test-clocks': { body: TestClockRequest; answer: TestClock };
  'GET /v1/test-clocks/:clockId': { answer: TestClock };
  'POST /v1/test-clocks/:clockId/advance': { body: TestClockAdvance; answer: TestClock };

  // What an operator asks
  'POST /v1/accounts/:accountId/erase': {
    body: AccountErasureRequest;
    answer: Erasure;
    idempotency: 'required';
  };
  'POST /v1/accounts/:accountId/members/:memberId/erase': {
    body: MemberErasureRequest;
    answer: Erasure;
    idempotency: 'required';
  };
  'GET /v1/erasures': { query: PageQuery; answer: Page<Erasure> };
  'GET /v1/erasures/:erasureId': { answer: Erasure };
  'GET /v1/backup': { answer: ReadableStream<Uint8Array> };
  'GET /v1/audit': { query: PageQuery; answer: Page<AuditEntry> };
  'GET /v1/doctor': { answer: DoctorReport };
  'GET /v1/reconciliation': { query: ReconciliationQuery; answer: Page<ReconciledAccount> };
  'GET /v1/reconciliation/payments': { query: PaymentSpan; answer: PaymentReconciliation };

  // The server itself
  'GET /v1/meta': { answer: Meta };
  'GET /v1/openapi.json': { answer: object };
  'GET /healthz': { answer: { status: string } };
  'GET /readyz': { answer: { status: string } };
}

/** A call as `METHOD /address`, with `:name` where a parameter stands. */
export type Operation = keyof Api;

/** The calls that answer in JSON, or with nothing. */
export type JsonOperation = {
  [Key in Operation]: AnswerOf<Key> extends string | ReadableStream ? never : Key;
}[Operation];

/** The method of an operation, such as `POST`. */
export type MethodOf<Key extends Operation> = Key extends `${infer Method} ${string}` ? Method : never;
/** The address of an operation, with its parameters as `:name`. */
export type AddressOf<Key extends Operation> = Key extends `${string} ${infer Address}` ? Address : never;
/** Every address of the API. */
export type Address = AddressOf<Operation>;

/** The names of an address's parameters, in their order. */
export type ParameterNames<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? [Name, ...ParameterNames<Rest>]
  : Path extends `${string}:${infer Name}`
    ? [Name]
    : [];
/** The parameters of an address by name. */
export type PathParameters<Path extends string> = Record<ParameterNames<Path>[number], string>;

/** The body of the answer that an operation gives when it succeeds. */
export type AnswerOf<Key extends Operation> = Api[Key]['answer'];
/** The input of a call, by its field in `Api`; undefined if it takes none. */
export type InputOf<Key extends Operation, Field extends 'body' | 'query' | 'idempotency'> =
  Api[Key] extends Record<Field, infer Input> ? Input : undefined;

/** A field that may be left out where all that it holds may be. */
type Sent<Name extends string, Value> = [Value] extends [undefined]
  ? unknown
  : Record<never, never> extends Value
    ? { [Field in Name]?: Value }
    : { [Field in Name]: Value };

/** The input of a client's call, without credentials: exactly the fields in `Api`. */
export type RequestOf<Key extends Operation> = (ParameterNames<AddressOf<Key>> extends []
  ? unknown
  : { params: PathParameters<AddressOf<Key>> }) &
  Sent<'query', InputOf<Key, 'query'>> &
  Sent<'body', InputOf<Key, 'body'>> &
  (InputOf<Key, 'idempotency'> extends 'required'
    ? { idempotencyKey: string }
    : InputOf<Key, 'idempotency'> extends 'optional'
      ? { idempotencyKey?: string }
      : unknown);

/** The request of a call as a last argument, which is left out where there is nothing to send. */
export type RequestArguments<Key extends Operation> =
  Record<never, never> extends RequestOf<Key> ? [request?: RequestOf<Key>] : [request: RequestOf<Key>];
