import type { CatalogConfig } from '../contract/catalog/catalog.ts';

/**
 * An automation platform: a fixed fee and pay-as-you-go beyond what is included, billed on the 1st; AI spend in dollars, which
 * own keys of two providers take off; limits and alerts that the account sets itself.
 */
const catalog: CatalogConfig = {
  creditLabel: { one: 'AI credit', other: 'AI credits' },
  currency: 'USD',
  // Models are priced in money, so a balance is in money too.
  pricedIn: 'money',
  // Every period begins on the 1st; a first, shorter one is charged by its days.
  anchor: 'first_of_month',
  proration: 'days',

  metrics: [
    { id: 'compute_hours', label: 'Compute hours', unit: { one: 'hour', other: 'hours' } },
    // Counts what AI costs: requests under the account's own key cost nothing and count nothing here.
    { id: 'ai_spend', label: 'AI spend', unit: { one: 'dollar', other: 'dollars' }, countsFrom: 'charges' },
    { id: 'job_runs', label: 'Job runs', unit: { one: 'run', other: 'runs' } },
    { id: 'captcha_solves', label: 'CAPTCHA solves', unit: { one: 'solve', other: 'solves' } },
    { id: 'large_hours', label: 'Large machines surcharge', unit: { one: 'hour', other: 'hours' } },
    { id: 'xlarge_hours', label: 'X-Large machines surcharge', unit: { one: 'hour', other: 'hours' } },
    { id: 'pdf_pages', label: 'Pages processed', unit: { one: 'page', other: 'pages' } },
  ],

  capacities: [
    { id: 'machines', label: 'Concurrent machines', unit: { one: 'machine', other: 'machines' } },
    { id: 'project_machines', label: 'Machines per project', unit: { one: 'machine', other: 'machines' } },
    { id: 'retention', label: 'Data retention', unit: { one: 'day', other: 'days' } },
    {
      id: 'machine_type',
      label: 'Machine types',
      kind: 'choice',
      choices: { standard: 'Standard', large: 'Large', xlarge: 'X-Large' },
    },
  ],

  // For AI alone, once, and only for accounts that were found eligible when they were made.
  signUpCredit: { amount: '5', unit: 'money', scope: { kinds: ['llm'] } },

  plans: [
    {
      id: 'free',
      name: 'Free',
      rank: 0,
      kind: 'free',
      // Hard limits and no overage, so no payment method is needed.
      packs: false,
      limits: [
        { metric: 'compute_hours', included: '10', policy: 'hard' },
        { metric: 'job_runs', included: '100', policy: 'hard' },
        { metric: 'captcha_solves', included: '10', policy: 'hard' },
        { metric: 'large_hours', included: '0', policy: 'hard' },
        { metric: 'xlarge_hours', included: '0', policy: 'hard' },
        { metric: 'pdf_pages', included: '50', policy: 'hard' },
        { metric: 'ai_spend', included: null, policy: 'observe' },
      ],
      capacities: { machines: '1', project_machines: '1', retention: '7', machine_type: ['standard'] },
    },
    {
      id: 'developer',
      name: 'Developer',
      rank: 1,
      kind: 'paid',
      price: { month: { amount: '40', currency: 'USD' } },
      packs: false,
      limits: [
        {
          metric: 'compute_hours',
          included: '100',
          policy: 'overage',
          beyond: 'invoice',
          overageRate: { amount: '0.15' },
        },
        {
          metric: 'job_runs',
          included: '5000',
          policy: 'overage',
          beyond: 'invoice',
          overageRate: { amount: '5', per: 1_000 },
        },
        {
          metric: 'captcha_solves',
          included: '100',
          policy: 'overage',
          beyond: 'invoice',
          overageRate: { amount: '0.01' },
        },
        {
          metric: 'large_hours',
          included: '0',
          policy: 'overage',
          beyond: 'invoice',
          overageRate: { amount: '0.3' },
        },
        {
          metric: 'xlarge_hours',
          included: '0',
          policy: 'overage',
          beyond: 'invoice',
          overageRate: { amount: '0.9' },
        },
        {
          metric: 'pdf_pages',
          included: '500',
          policy: 'overage',
          beyond: 'invoice',
          overageRate: { amount: '0.02' },
        },
        // Ten dollars of AI are included; then the sign-up credit pays, then the invoice. One use is paid one way.
        { metric: 'ai_spend', included: '10', policy: 'overage', beyond: 'credits_then_invoice' },
      ],
      capacities: {
        machines: '5',
        project_machines: '3',
        retention: '30',
        machine_type: ['standard', 'large', 'xlarge'],
      },
      warnings: [
        'Large and X-Large machines are charged by the hour beyond this plan, which can become much.',
      ],
    },
    {
      id: 'startup',
      name: 'Startup',
      rank: 2,
      kind: 'paid',
      price: { month: { amount: '200', currency: 'USD' } },
      packs: false,
      limits: [
        {
          metric: 'compute_hours',
          included: '800',
          policy: 'overage',
          beyond: 'invoice',
          overageRate: { amount: '0.12' },
        },
        {
          metric: 'job_runs',
          included: '50000',
          policy: 'overage',
          beyond: 'invoice',
          overageRate: { amount: '4', per: 1_000 },
        },
        {
          metric: 'captcha_solves',
          included: '1000',
          policy: 'overage',
          beyond: 'invoice',
          overageRate: { amount: '0.008' },
        },
        {
          metric: 'large_hours',
          included: '0',
          policy: 'overage',
          beyond: 'invoice',
          overageRate: { amount: '0.25' },
        },
        {
          metric: 'xlarge_hours',
          included: '0',
          policy: 'overage',
          beyond: 'invoice',
          overageRate: { amount: '0.75' },
        },
        {
          metric: 'pdf_pages',
          included: '5000',
          policy: 'overage',
          beyond: 'invoice',
          overageRate: { amount: '0.015' },
        },
        { metric: 'ai_spend', included: '50', policy: 'overage', beyond: 'credits_then_invoice' },
      ],
      capacities: {
        machines: '20',
        project_machines: '10',
        retention: '90',
        machine_type: ['standard', 'large', 'xlarge'],
      },
      warnings: [
        'Large and X-Large machines are charged by the hour beyond this plan, which can become much.',
      ],
    },
    {
      id: 'enterprise',
      name: 'Enterprise',
      rank: 3,
      kind: 'enterprise',
      contact: 'mailto:sales@example.com',
      packs: false,
      limits: [{ metric: 'ai_spend', included: null, policy: 'observe' }],
      capacities: { machines: null, project_machines: null, retention: '365', machine_type: null },
    },
  ],
  defaultPlanId: 'free',

  // Cancelling is going down to Free, with the next 1st.
  cancelling: { rule: 'by_plan', planAfter: 'free' },
  upgrade: { period: 'keep', counters: 'keep' },
  billing: { numberPrefix: 'INV-{account}-', paymentTermDays: 14, withoutPaymentMethod: 'invoice' },

  modelTiers: [
    { id: 'standard', label: 'Standard', rank: 1 },
    { id: 'frontier', label: 'Frontier', rank: 2 },
  ],
  models: [
    {
      id: 'haiku',
      label: 'Haiku',
      provider: 'anthropic',
      tier: 'standard',
      prices: [{ input: { amount: '1', per: 1_000_000 }, output: { amount: '5', per: 1_000_000 } }],
    },
    {
      id: 'sonnet',
      label: 'Sonnet',
      provider: 'anthropic',
      tier: 'frontier',
      complexityMax: 3,
      prices: [{ input: { amount: '3', per: 1_000_000 }, output: { amount: '15', per: 1_000_000 } }],
    },
    {
      id: 'mini',
      label: 'Mini',
      provider: 'openai',
      tier: 'standard',
      prices: [{ input: { amount: '0.4', per: 1_000_000 }, output: { amount: '1.6', per: 1_000_000 } }],
    },
  ],
  links: { billing: '/billing', upgrade: '/billing/plans', sales: 'mailto:sales@example.com' },
};

export default catalog;
