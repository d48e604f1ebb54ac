/**
 * The parts that a host may leave out, by widget, with what each is: `<Invoices parts={{ exports: false }} />`. A part that shows a
 * field of the answer has the field's name. A widget with nothing to leave out says why. Read as a type only, so that no page
 * loads it.
 */
export const optionalParts = {
  ActivityLog: {
    reason: 'the reason that was given for an adjustment',
    memberId: 'who did it',
    more: 'the button that loads older events',
  },
  AddOns: {
    description: "an add-on's description",
    allowance: 'the allowance that it brings',
    price: 'its price',
    actions: 'the buttons that add, change and remove',
  },
  AdditionalUse: { mode: 'the sentence on the present choice', actions: 'the buttons that change it' },
  AlertEditor: 'It is a button with its dialog.',
  AutoTopUp: {
    facts: 'what it bought in this cycle',
    actions: 'the buttons that set it up, change it or buy by hand',
  },
  BillingBanner: { actions: 'the button that helps', dismiss: 'the button that puts the banner away' },
  BillingPage: {
    overview: 'the section on the plan and what was bought with it',
    credits: 'the section on credits',
    invoices: 'the section on invoices',
    payment: 'the section on payment methods and charges',
    plans: 'the section on plans side by side',
  },
  BudgetBar: {
    level: 'the level as a word',
    resetsAt: 'the date of the reset',
    legend: 'the legend of used, held and overage',
  },
  Charges: {
    refunded: 'the amount that was refunded',
    disputes: 'what became of disputes at the bank',
    failure: 'why a charge failed',
    actions: 'the button that confirms a charge',
    more: 'the button that loads older charges',
  },
  ConnectBrowser: 'A member reads all of it before they agree.',
  ConnectedBrowsers: {
    connectedAt: 'the day on which a browser was connected',
    usedAt: 'the day on which it was last used',
    actions: 'the buttons that disconnect',
    more: 'the button that loads more browsers',
  },
  CreditBalance: {
    pace: 'how long the credits last',
    nextReset: 'when credits come again',
    nextToExpire: 'what expires next',
    grants: 'the bar of grants',
    recent: 'the latest changes',
    supportUrl: 'the link to support',
  },
  DedicatedIps: {
    price: 'how many there are and their price',
    actions: 'the buttons that buy, assign, release and remove',
  },
  Gate: 'It draws nothing of its own.',
  Invoices: {
    period: 'the period of an invoice and the day on which it was issued',
    lines: 'the button that opens the lines',
    pdf: 'the button that saves the PDF',
    amountDue: 'the amount due with the buttons that pay it',
    exports: 'the buttons that save all of them as CSV',
    more: 'the button that loads older invoices',
  },
  LimitEditor: 'It is a button with its dialog.',
  MemberAllocations: {
    role: "a member's role",
    total: "a member's share of all use, with its course",
    days: 'the course alone',
    actions: 'the boxes and buttons that set shares',
    more: 'the button that loads more members',
  },
  Meter: { bar: 'the bar', foot: 'the line beneath it, with the level as a word' },
  ModelCost: {
    remaining: 'what is left after the run',
    lineItems: 'the parts of the cost',
    details: "a model's other rates",
  },
  ModelPicker: {
    provider: 'the provider',
    tierLabel: 'the tier',
    cheapest: 'the mark of the cheapest model',
    asOf: 'the time of the prices',
  },
  MonthlyHistory: { asTable: 'the switch to a table' },
  OutOfCredits: {
    running: 'what happens to running work',
    resetsAt: 'when the limit resets',
    actions: 'the buttons that help',
  },
  OwnKeys: {
    models: 'the models that a key covers',
    actions: 'the buttons that add and remove',
  },
  PaymentMethod: { note: 'what a new payment method is used for', actions: 'the button that changes it' },
  PlanCard: {
    price: 'the price',
    next: 'the next change and its date',
    includes: 'the allowances with their use',
    highlights: 'what else the plan has',
    actions: 'the buttons',
  },
  PlanComparison: {
    interval: 'the choice between month and year',
    monthlyCredits: 'the credits of each month',
    limits: 'the allowances and the prices beyond them',
    highlights: 'what else a plan has',
    facts: 'facts about a plan',
    actions: 'the buttons that choose, keep or cancel',
  },
  PlanLimits: { warnings: "the plan's standing warnings", capacities: 'the limits' },
  PurchaseDialog: { unitPrice: 'the price of a unit', balance: 'the balance after the purchase' },
  Seats: {
    price: 'how many are included and the price of one',
    bar: 'the bar',
    actions: 'the buttons that change their number',
  },
  SpentByMember: 'It is a part of CreditBalance.',
  TaskTable: {
    status: 'the choice of a status',
    agentId: 'the choice of an agent',
    range: 'the choice of a span of time',
    search: 'the search',
    columns: 'the choice of columns',
    exports: 'the button that saves tasks as CSV',
  },
  TasksPage: {
    blocked: 'why work is blocked, while it is',
  },
  UpcomingInvoice: {
    unpaid: 'what is unpaid',
    lines: 'the lines so far',
    projected: 'what it will come to',
  },
  UsageCosts: {
    included: 'the column of allowances',
    rate: 'the column of rates',
    total: 'the sum',
  },
  UsageForecast: {
    bar: 'the bars',
    sentence: 'the sentences',
    method: 'the name of the method',
  },
  UsageHistory: {
    by: 'the choice of a breakdown',
    metric: 'the choice of a metric',
    compare: 'the choice of a second metric',
    range: 'the choices: whose use, which span, which steps',
    asSum: 'the switch to the running total',
    asTable: 'the switch to a table',
    exports: 'the menu that saves or prints',
  },
  UsagePage: {
    planName: "the plan's card",
    credits: 'the balance',
    members: "members' shares, for those who set them",
  },
  UsagePanel: {
    budget: 'the budget with its bar',
    pace: 'where the budget is going, which a `UsageForecast` on the page says too',
    credits: 'the line on the balance',
    categories: 'the categories',
    windows: 'the meters of fixed and rolling windows',
    groups: 'the other meters',
    myUsage: "the viewer's own use",
  },
  WhyBlocked: {
    findings: 'what else was found',
    lookedAt: 'what was looked at',
    actions: 'the buttons that help',
  },
} as const;

type OptionalParts = typeof optionalParts;

/** The `parts` of a widget: each is shown unless it is false. */
export type PartsOf<Widget extends keyof OptionalParts> = {
  readonly [Part in keyof OptionalParts[Widget]]?: boolean | undefined;
};
