import type { CatalogConfig } from '../contract/catalog/catalog.ts';

/**
 * A CRM with an AI budget in money: everyone sees percentages, admins may show dollars; meters in three groups; two kinds of
 * seats; AI alone is paused when a payment has failed for the last time.
 */
const catalog: CatalogConfig = {
  creditLabel: { one: 'AI credit', other: 'AI credits' },
  currency: 'USD',
  pricedIn: 'money',
  anchor: 'subscription_start',
  // Model names leave the server for nobody but the host's backend; their tiers stand for them.
  modelNames: 'tier_only',
  budget: { label: 'AI usage this cycle', metric: 'ai_budget' },

  meterGroups: [
    { id: 'core', label: 'Core Limits' },
    { id: 'monthly', label: 'Monthly Activity' },
    { id: 'data', label: 'Data Operations' },
  ],
  metrics: [
    {
      id: 'contacts',
      label: 'Contacts',
      unit: { one: 'contact', other: 'contacts' },
      kind: 'gauge',
      group: 'core',
    },
    {
      id: 'companies',
      label: 'Companies',
      unit: { one: 'company', other: 'companies' },
      kind: 'gauge',
      group: 'core',
    },
    { id: 'storage', label: 'Storage', unit: { one: 'GB', other: 'GB' }, kind: 'gauge', group: 'core' },
    // Report as many as the email has recipients.
    {
      id: 'emails',
      label: 'Emails Sent',
      description: 'Each recipient of an email counts as one.',
      unit: { one: 'email', other: 'emails' },
      group: 'monthly',
    },
    {
      id: 'ai_tokens',
      label: 'AI Tokens',
      unit: { one: 'token', other: 'tokens' },
      group: 'monthly',
      countsFrom: 'llm_tokens',
    },
    {
      id: 'enrichments',
      label: 'Enrichments',
      unit: { one: 'enrichment', other: 'enrichments' },
      group: 'monthly',
    },
    {
      id: 'workflow_runs',
      label: 'Workflow Executions',
      unit: { one: 'execution', other: 'executions' },
      group: 'monthly',
    },
    { id: 'import_rows', label: 'Import Rows', unit: { one: 'row', other: 'rows' }, group: 'data' },
    { id: 'export_rows', label: 'Export Rows', unit: { one: 'row', other: 'rows' }, group: 'data' },
    {
      id: 'lead_captures',
      label: 'Lead Captures',
      unit: { one: 'capture', other: 'captures' },
      group: 'data',
    },
    { id: 'api_calls', label: 'API Calls', unit: { one: 'call', other: 'calls' }, group: 'data' },
    // What AI costs, in dollars: what is enforced is money, tokens are only observed.
    { id: 'ai_budget', label: 'AI budget', unit: { one: 'dollar', other: 'dollars' }, countsFrom: 'charges' },
  ],
  modelTiers: [
    { id: 'light', label: 'Light', rank: 1 },
    { id: 'fast', label: 'Fast', rank: 2 },
    { id: 'standard', label: 'Standard', rank: 3 },
    { id: 'advanced', label: 'Advanced Reasoning', rank: 4 },
  ],
  categories: [
    { id: 'email', label: 'Email', tier: 'standard' },
    { id: 'chips', label: 'Chips', tier: 'light' },
    { id: 'summary', label: 'Summary', tier: 'fast' },
    { id: 'agent', label: 'Agent', tier: 'advanced' },
    { id: 'coaching', label: 'Coaching', tier: 'advanced' },
    { id: 'chat', label: 'Chat', tier: 'standard' },
  ],

  seatTypes: [
    { id: 'power', label: 'Power seats', roles: ['super_admin', 'owner', 'admin', 'manager', 'member'] },
    { id: 'collaborator', label: 'Collaborator seats', roles: ['viewer'] },
  ],

  plans: [
    {
      id: 'free',
      name: 'Free',
      rank: 0,
      kind: 'free',
      seats: { power: { included: 2 }, collaborator: { included: 3 } },
      limits: [
        { metric: 'contacts', included: '500', policy: 'soft' },
        { metric: 'companies', included: '200', policy: 'soft' },
        { metric: 'storage', included: '1', policy: 'hard' },
        { metric: 'emails', included: '100', policy: 'hard' },
        { metric: 'ai_tokens', included: null, policy: 'observe' },
        { metric: 'enrichments', included: '10', policy: 'hard' },
        { metric: 'workflow_runs', included: '100', policy: 'soft' },
        { metric: 'import_rows', included: '500', policy: 'hard' },
        { metric: 'export_rows', included: '500', policy: 'hard' },
        { metric: 'lead_captures', included: '50', policy: 'soft' },
        { metric: 'api_calls', included: '1000', policy: 'hard' },
        { metric: 'ai_budget', included: '1', policy: 'hard' },
      ],
    },
    {
      id: 'growth',
      name: 'Growth',
      rank: 1,
      kind: 'paid',
      price: { month: { amount: '59', currency: 'USD' }, year: { amount: '588', currency: 'USD' } },
      seats: {
        power: { included: 5, max: 50, price: { month: { amount: '25', currency: 'USD' } } },
        collaborator: { included: 10, max: 200, price: { month: { amount: '5', currency: 'USD' } } },
      },
      limits: [
        { metric: 'contacts', included: '10000', policy: 'soft' },
        { metric: 'companies', included: '5000', policy: 'soft' },
        { metric: 'storage', included: '50', policy: 'hard' },
        { metric: 'emails', included: '5000', policy: 'hard' },
        { metric: 'ai_tokens', included: null, policy: 'observe' },
        { metric: 'enrichments', included: '500', policy: 'hard' },
        { metric: 'workflow_runs', included: '5000', policy: 'soft' },
        { metric: 'import_rows', included: '20000', policy: 'hard' },
        { metric: 'export_rows', included: '20000', policy: 'hard' },
        { metric: 'lead_captures', included: '1000', policy: 'soft' },
        { metric: 'api_calls', included: '100000', policy: 'hard' },
        // Beyond the pool a prepaid balance goes on, where there is one.
        { metric: 'ai_budget', included: '20', policy: 'overage', beyond: 'credits' },
      ],
    },
    {
      id: 'ultra',
      name: 'Ultra',
      rank: 2,
      kind: 'paid',
      // The top plan: no upgrade is offered from it.
      top: true,
      price: { month: { amount: '199', currency: 'USD' }, year: { amount: '1980', currency: 'USD' } },
      seats: {
        power: { included: 25, max: 500, price: { month: { amount: '20', currency: 'USD' } } },
        collaborator: { included: null },
      },
      limits: [
        { metric: 'contacts', included: null, policy: 'unlimited' },
        { metric: 'companies', included: null, policy: 'unlimited' },
        { metric: 'storage', included: '500', policy: 'hard' },
        { metric: 'emails', included: '50000', policy: 'hard' },
        { metric: 'ai_tokens', included: null, policy: 'observe' },
        { metric: 'enrichments', included: '5000', policy: 'hard' },
        { metric: 'workflow_runs', included: null, policy: 'unlimited' },
        { metric: 'import_rows', included: null, policy: 'unlimited' },
        { metric: 'export_rows', included: null, policy: 'unlimited' },
        { metric: 'lead_captures', included: null, policy: 'unlimited' },
        { metric: 'api_calls', included: '1000000', policy: 'hard' },
        { metric: 'ai_budget', included: '100', policy: 'overage', beyond: 'credits' },
      ],
    },
  ],
  defaultPlanId: 'free',

  // AI, and only AI, stops when the retries of a payment are used up.
  pauses: [{ when: 'retries_exhausted', what: 'ai' }],
  cancelling: { rule: 'boundary', planAfter: 'free' },
  upgrade: { period: 'restart_when_first_paid', counters: 'keep' },
  billing: { numberPrefix: 'INV-{account}-', paymentTermDays: 0, retryDays: [3, 5, 7] },

  // Everyone sees the plan card and percentages. Dollars are for admins; a manager manages the plan.
  views: {
    viewer: { plan: true, price: true, usage: 'percent' },
    member: { plan: true, price: true, balance: false },
    manager: { plan: true, price: true, balance: false, manage: true },
    owner: { money: false },
  },

  models: [
    {
      id: 'mini',
      label: 'Mini',
      provider: 'acme',
      tier: 'light',
      prices: [{ input: { amount: '0.2', per: 1_000_000 }, output: { amount: '0.8', per: 1_000_000 } }],
    },
    {
      id: 'flash',
      label: 'Flash',
      provider: 'acme',
      tier: 'fast',
      prices: [{ input: { amount: '0.5', per: 1_000_000 }, output: { amount: '2', per: 1_000_000 } }],
    },
    {
      id: 'base',
      label: 'Base',
      provider: 'zenith',
      tier: 'standard',
      prices: [{ input: { amount: '3', per: 1_000_000 }, output: { amount: '15', per: 1_000_000 } }],
    },
    {
      id: 'thinker',
      label: 'Thinker',
      provider: 'zenith',
      tier: 'advanced',
      complexityMax: 3,
      prices: [{ input: { amount: '15', per: 1_000_000 }, output: { amount: '75', per: 1_000_000 } }],
    },
  ],
  creditPacks: [{ id: 'ai25', label: '$25 of AI', credits: '25', price: { amount: '25', currency: 'USD' } }],
  links: {
    billing: '/settings/billing',
    upgrade: '/settings/billing',
    credits: '/settings/billing',
    signUp: '/signup/plan',
  },
};

export default catalog;
