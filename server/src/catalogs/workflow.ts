import type { CatalogConfig } from '../contract/catalog/catalog.ts';

/**
 * A workspace for workflows: Free, Pro with a trial, Enterprise by contract. A run debits credits for its tokens, tool calls and
 * storage. Only owners, admins and holders of `billing:read` see billing.
 */
const catalog: CatalogConfig = {
  creditLabel: { one: 'credit', other: 'credits' },
  currency: 'USD',
  anchor: 'subscription_start',
  budget: { label: 'Credits' },

  metrics: [
    { id: 'runs', label: 'Runs', unit: { one: 'run', other: 'runs' } },
    { id: 'workspaces', label: 'Workspaces', unit: { one: 'workspace', other: 'workspaces' }, kind: 'gauge' },
    { id: 'tokens', label: 'AI tokens', unit: { one: 'token', other: 'tokens' }, countsFrom: 'llm_tokens' },
  ],

  // Lines of the plan comparison that are not metered; each plan says its own to them.
  comparison: [
    { id: 'for', label: 'Good for' },
    { id: 'support', label: 'Support' },
    { id: 'integrations', label: 'Integrations' },
    { id: 'sign_on', label: 'Sign-on' },
    { id: 'hosting', label: 'Hosting' },
    { id: 'contract', label: 'Contract' },
  ],

  plans: [
    {
      id: 'free',
      name: 'Free',
      rank: 0,
      kind: 'free',
      monthlyCredits: '100',
      limits: [
        { metric: 'runs', included: '50', policy: 'hard' },
        { metric: 'workspaces', included: '1', policy: 'hard' },
        { metric: 'tokens', included: null, policy: 'observe' },
      ],
      facts: {
        for: 'Evaluation',
        support: 'Community',
        integrations: 'Five',
        sign_on: 'Password',
        hosting: 'Ours',
        contract: 'None',
      },
    },
    {
      id: 'pro',
      name: 'Pro',
      rank: 1,
      kind: 'paid',
      price: { month: { amount: '49', currency: 'USD' }, year: { amount: '490', currency: 'USD' } },
      // Without a payment method new runs are paused when it is over; nothing is deleted.
      trial: { days: 14 },
      monthlyCredits: '5000',
      limits: [
        {
          metric: 'runs',
          included: '2000',
          policy: 'overage',
          beyond: 'invoice',
          overageRate: { amount: '0.02' },
        },
        { metric: 'workspaces', included: null, policy: 'unlimited' },
        { metric: 'tokens', included: null, policy: 'observe' },
      ],
      facts: {
        for: 'Teams',
        support: 'Email',
        integrations: 'All that are built in',
        sign_on: 'Google and GitHub',
        hosting: 'Ours',
        contract: 'By the month or year',
      },
    },
    {
      id: 'enterprise',
      name: 'Enterprise',
      rank: 2,
      // Not chosen but agreed on: its price, allowances and rates stand in the account's contract.
      kind: 'enterprise',
      contact: 'mailto:sales@example.com',
      monthlyCredits: '50000',
      features: ['sso'],
      limits: [
        { metric: 'runs', included: null, policy: 'unlimited' },
        { metric: 'workspaces', included: null, policy: 'unlimited' },
        { metric: 'tokens', included: null, policy: 'observe' },
      ],
      facts: {
        for: 'Organizations with rules of their own',
        support: 'A person of your own',
        integrations: 'All, and yours',
        sign_on: 'SSO with SCIM',
        hosting: 'Ours, yours or a private cloud',
        contract: 'Your terms',
      },
    },
  ],
  defaultPlanId: 'free',

  // Which work stops and when. Work goes on the moment that the account can pay.
  pauses: [{ when: 'trial_over', what: 'all' }],
  cancelling: { rule: 'boundary', planAfter: 'free' },
  upgrade: { period: 'restart_when_first_paid', credits: 'difference' },
  billing: { numberPrefix: 'INV-{account}-', paymentTermDays: 0, retryDays: [3, 5, 7] },

  // Members and viewers see no billing: not the plan, a balance, a price or a cost.
  views: {
    member: { balance: false, traces: false },
    viewer: { usage: 'none' },
  },

  modelTiers: [
    { id: 'light', label: 'Light', rank: 1 },
    { id: 'frontier', label: 'Frontier', rank: 2 },
  ],
  models: [
    {
      id: 'swift',
      label: 'Swift',
      provider: 'acme',
      tier: 'light',
      prices: [{ input: { amount: '0.2', per: 1_000 }, output: { amount: '0.8', per: 1_000 } }],
    },
    {
      id: 'deep',
      label: 'Deep',
      provider: 'zenith',
      tier: 'frontier',
      complexityMax: 3,
      prices: [{ input: { amount: '3', per: 1_000 }, output: { amount: '15', per: 1_000 } }],
    },
  ],
  tools: [
    {
      id: 'http',
      label: 'HTTP request',
      prices: [{ amount: '0.1' }],
      integrations: { crm: [{ amount: '0.5' }], mail: [{ amount: '0.2' }] },
    },
  ],
  storage: [
    {
      id: 'knowledge_base',
      label: 'Knowledge base',
      unit: { one: 'MB', other: 'MB' },
      prices: [{ amount: '0.1' }],
    },
    { id: 'traces', label: 'Traces', unit: { one: 'MB', other: 'MB' }, prices: [{ amount: '0.02' }] },
  ],
  creditPacks: [
    { id: 'small', label: '1,000 credits', credits: '1000', price: { amount: '10', currency: 'USD' } },
    {
      id: 'large',
      label: '10,000 credits',
      credits: '10000',
      bonus: '1000',
      price: { amount: '90', currency: 'USD' },
    },
  ],
  links: {
    billing: '/settings/billing',
    upgrade: '/settings/billing/plans',
    credits: '/settings/billing/credits',
    sales: 'mailto:sales@example.com',
  },
};

export default catalog;
