import type { CatalogConfig } from '../contract/catalog/catalog.ts';

/**
 * A platform on which people and organizations run agents: tasks included by plan, additional tasks by choice, packs that add
 * to what is included, seats for organizations, fixed outgoing addresses. Change what differs; every field is explained in the type.
 */
const catalog: CatalogConfig = {
  // What AI requests are priced in, and what a balance is counted in.
  creditLabel: { one: 'credit', other: 'credits' },
  currency: 'USD',
  // Periods and cycles are counted from the subscription's start.
  anchor: 'subscription_start',
  budget: { label: 'Credits' },

  meterGroups: [
    { id: 'work', label: 'Work' },
    { id: 'data', label: 'Data' },
  ],
  metrics: [
    // A counter starts again with each cycle. Report one with each task that is run.
    { id: 'tasks', label: 'Tasks', unit: { one: 'task', other: 'tasks' }, group: 'work' },
    {
      id: 'browser_tasks',
      label: 'Browser tasks',
      unit: { one: 'browser task', other: 'browser tasks' },
      group: 'work',
    },
    // A gauge is what there is now; it does not start again.
    {
      id: 'contacts',
      label: 'Contacts',
      unit: { one: 'contact', other: 'contacts' },
      kind: 'gauge',
      group: 'data',
    },
  ],

  // Seats bound how many members are invited. Only organizations have them.
  seatTypes: [
    {
      id: 'seat',
      label: 'Seats',
      roles: ['super_admin', 'owner', 'admin', 'manager', 'member', 'viewer'],
      accountKinds: ['organization'],
    },
  ],

  // What a plan bounds that is not usage. A use states what it needs: `needs: { machines: '2' }`.
  capacities: [{ id: 'machines', label: 'Agents at once', unit: { one: 'agent', other: 'agents' } }],

  plans: [
    {
      id: 'free',
      name: 'Free',
      rank: 0,
      kind: 'free',
      monthlyCredits: '200',
      concurrentTasksMax: 1,
      capacities: { machines: '1' },
      seats: { seat: { included: 1 } },
      limits: [
        { metric: 'tasks', included: '20', policy: 'hard' },
        { metric: 'contacts', included: '100', policy: 'hard' },
      ],
    },
    {
      id: 'personal',
      name: 'Personal',
      rank: 1,
      kind: 'paid',
      price: { month: { amount: '29', currency: 'USD' }, year: { amount: '290', currency: 'USD' } },
      monthlyCredits: '2000',
      concurrentTasksMax: 3,
      capacities: { machines: '3' },
      seats: { seat: { included: 1 } },
      dedicatedIps: { price: { month: { amount: '4', currency: 'USD' } }, max: 2 },
      limits: [
        {
          metric: 'tasks',
          included: '300',
          policy: 'overage',
          beyond: 'invoice',
          overageRate: { amount: '0.2' },
          // The account turns additional tasks on, caps them, or lets them run without a bound.
          additionalUse: { default: 'off' },
        },
        { metric: 'contacts', included: '1000', policy: 'hard' },
      ],
    },
    {
      id: 'team',
      name: 'Team',
      rank: 2,
      kind: 'paid',
      price: { month: { amount: '99', currency: 'USD' }, year: { amount: '990', currency: 'USD' } },
      monthlyCredits: '10000',
      concurrentTasksMax: 10,
      capacities: { machines: '10' },
      seats: { seat: { included: 3, max: 100, price: { month: { amount: '15', currency: 'USD' } } } },
      dedicatedIps: { price: { month: { amount: '4', currency: 'USD' } }, max: 20 },
      limits: [
        {
          metric: 'tasks',
          included: '2000',
          policy: 'overage',
          beyond: 'invoice',
          overageRate: { amount: '0.15' },
          additionalUse: { default: 'off' },
        },
        { metric: 'browser_tasks', included: '200', policy: 'hard' },
        { metric: 'contacts', included: '10000', policy: 'hard' },
      ],
    },
  ],
  defaultPlanId: 'free',

  // Sold only where the plan says how much of the metric is included, so browser tasks are for teams alone.
  addOns: [
    {
      id: 'task_pack',
      label: 'Task pack',
      description: '100 more tasks in each cycle.',
      price: { month: { amount: '15', currency: 'USD' } },
      allowance: { metric: 'tasks', quantity: '100' },
      plans: ['personal', 'team'],
    },
    {
      id: 'contact_pack',
      label: 'Contact pack',
      description: '1,000 more contacts while it is held.',
      price: { month: { amount: '10', currency: 'USD' } },
      allowance: { metric: 'contacts', quantity: '1000' },
      plans: ['personal', 'team'],
    },
    {
      id: 'browser_pack',
      label: 'Browser task pack',
      description: '50 more browser tasks in each cycle.',
      price: { month: { amount: '20', currency: 'USD' } },
      allowance: { metric: 'browser_tasks', quantity: '50' },
    },
    {
      id: 'captcha',
      label: 'Advanced CAPTCHA',
      description: 'Agents solve CAPTCHAs by themselves.',
      price: { month: { amount: '25', currency: 'USD' } },
      feature: 'advanced_captcha',
      plans: ['team'],
      accountKinds: ['organization'],
    },
  ],

  // A person cancels here; an organization asks for it.
  cancelling: { rule: 'boundary', planAfter: 'free', accountKinds: ['person'] },
  upgrade: { period: 'restart_when_first_paid', counters: 'keep', credits: 'difference' },
  billing: { numberPrefix: 'INV-{account}-', paymentTermDays: 14, withoutPaymentMethod: 'invoice' },

  modelTiers: [
    { id: 'standard', label: 'Standard', rank: 1 },
    { id: 'advanced', label: 'Advanced', rank: 2 },
  ],
  models: [
    {
      id: 'agent-mini',
      label: 'Agent mini',
      provider: 'acme',
      tier: 'standard',
      prices: [{ input: { amount: '0.5', per: 1_000 }, output: { amount: '2', per: 1_000 } }],
    },
    {
      id: 'agent-large',
      label: 'Agent large',
      provider: 'acme',
      tier: 'advanced',
      complexityMax: 3,
      prices: [{ input: { amount: '3', per: 1_000 }, output: { amount: '12', per: 1_000 } }],
    },
    {
      id: 'captcha-solver',
      label: 'CAPTCHA solver',
      provider: 'acme',
      tier: 'advanced',
      feature: 'advanced_captcha',
      prices: [{ perRequest: '5' }],
    },
  ],
  tools: [
    { id: 'search', label: 'Web search', prices: [{ amount: '1' }] },
    { id: 'browser', label: 'Browser', prices: [{ amount: '2' }] },
  ],
  creditPacks: [
    { id: 'pack_1000', label: '1,000 credits', credits: '1000', price: { amount: '12', currency: 'USD' } },
  ],
  links: { billing: '/billing', upgrade: '/billing/plans', credits: '/billing/credits' },
};

export default catalog;
