import type { CatalogConfig, PlanLimitConfig } from '../../contract/catalog/catalog.ts';

const observed: PlanLimitConfig = { metric: 'ai_tokens', included: null, policy: 'observe' };
const clones: PlanLimitConfig = { metric: 'app_clones', included: null, policy: 'unlimited' };

function hard(metric: string, included: string): PlanLimitConfig {
  return { metric, included, policy: 'hard' };
}

function soft(metric: string, included: string): PlanLimitConfig {
  return { metric, included, policy: 'soft' };
}

function unlimited(metric: string): PlanLimitConfig {
  return { metric, included: null, policy: 'unlimited' };
}

/** API calls beyond the included ones cost one credit per thousand. */
function apiCalls(included: string): PlanLimitConfig {
  return { metric: 'api_calls', included, policy: 'overage', overageRate: { amount: '1', per: 1_000 } };
}

/**
 * The catalog of an AI product with agent credits, which the server starts with where it is given none. It shows each
 * policy, rate and grant that a catalog can have; copy it and change what differs.
 */
export const starterCatalog: CatalogConfig = {
  creditLabel: { one: 'credit', other: 'credits' },
  currency: 'USD',
  meterGroups: [
    { id: 'core', label: 'Core limits' },
    { id: 'monthly', label: 'Monthly activity' },
    { id: 'data', label: 'Data operations' },
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
    { id: 'storage_gb', label: 'Storage', unit: { one: 'GB', other: 'GB' }, kind: 'gauge', group: 'core' },
    { id: 'runs', label: 'Agent runs', unit: { one: 'run', other: 'runs' }, group: 'monthly' },
    { id: 'emails', label: 'Emails', unit: { one: 'email', other: 'emails' }, group: 'monthly' },
    {
      id: 'ai_tokens',
      label: 'AI tokens',
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
      id: 'workflow_executions',
      label: 'Workflow executions',
      unit: { one: 'execution', other: 'executions' },
      group: 'monthly',
    },
    { id: 'app_clones', label: 'Cloned apps', unit: { one: 'app', other: 'apps' }, group: 'monthly' },
    { id: 'import_rows', label: 'Import rows', unit: { one: 'row', other: 'rows' }, group: 'data' },
    { id: 'export_rows', label: 'Export rows', unit: { one: 'row', other: 'rows' }, group: 'data' },
    { id: 'api_calls', label: 'API calls', unit: { one: 'call', other: 'calls' }, group: 'data' },
    { id: 'lead_captures', label: 'Lead captures', unit: { one: 'lead', other: 'leads' }, group: 'data' },
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
  budget: { label: 'Agent credits' },
  defaultPlanId: 'free',
  plans: [
    {
      id: 'free',
      name: 'Free',
      rank: 0,
      kind: 'free',
      monthlyCredits: '100',
      routeTierMax: 2,
      concurrentTasksMax: 2,
      limits: [
        soft('contacts', '250'),
        soft('companies', '100'),
        hard('storage_gb', '1'),
        hard('runs', '50'),
        hard('emails', '100'),
        observed,
        hard('enrichments', '25'),
        soft('workflow_executions', '100'),
        clones,
        hard('import_rows', '1000'),
        hard('export_rows', '1000'),
        hard('api_calls', '1000'),
        soft('lead_captures', '50'),
      ],
      highlights: ['Every model', 'Community support'],
    },
    {
      id: 'pro',
      name: 'Pro',
      rank: 1,
      kind: 'paid',
      price: { month: { amount: '29', currency: 'USD' }, year: { amount: '290', currency: 'USD' } },
      monthlyCredits: '2000',
      overdraft: '20',
      routeTierMax: 3,
      concurrentTasksMax: 10,
      limits: [
        soft('contacts', '10000'),
        soft('companies', '2500'),
        hard('storage_gb', '25'),
        soft('runs', '1000'),
        hard('emails', '5000'),
        observed,
        hard('enrichments', '500'),
        soft('workflow_executions', '5000'),
        clones,
        hard('import_rows', '50000'),
        hard('export_rows', '50000'),
        apiCalls('10000'),
        soft('lead_captures', '2000'),
      ],
      features: ['priority_queue'],
      highlights: ['Priority queue', 'Email support'],
    },
    {
      id: 'team',
      name: 'Team',
      rank: 2,
      kind: 'paid',
      price: { month: { amount: '99', currency: 'USD' }, year: { amount: '990', currency: 'USD' } },
      monthlyCredits: '10000',
      overdraft: '100',
      routeTierMax: 4,
      concurrentTasksMax: 50,
      limits: [
        soft('contacts', '100000'),
        soft('companies', '25000'),
        hard('storage_gb', '250'),
        soft('runs', '10000'),
        hard('emails', '25000'),
        observed,
        hard('enrichments', '5000'),
        soft('workflow_executions', '25000'),
        clones,
        hard('import_rows', '500000'),
        hard('export_rows', '500000'),
        apiCalls('100000'),
        soft('lead_captures', '20000'),
      ],
      features: ['priority_queue', 'audit_log'],
      highlights: ['Auto mode up to the strongest models', 'Audit log', 'Priority support'],
    },
    {
      id: 'enterprise',
      name: 'Enterprise',
      rank: 3,
      kind: 'enterprise',
      monthlyCredits: '100000',
      overdraft: '1000',
      limits: [
        unlimited('contacts'),
        unlimited('companies'),
        hard('storage_gb', '2500'),
        unlimited('runs'),
        hard('emails', '250000'),
        observed,
        hard('enrichments', '50000'),
        unlimited('workflow_executions'),
        clones,
        unlimited('import_rows'),
        unlimited('export_rows'),
        apiCalls('1000000'),
        unlimited('lead_captures'),
      ],
      features: ['priority_queue', 'audit_log', 'single_sign_on'],
      highlights: ['Single sign-on', 'Terms of your own', 'A named contact'],
    },
  ],
  models: [
    {
      id: 'gpt-5-nano',
      label: 'GPT-5 nano',
      provider: 'openai',
      tier: 'light',
      prices: [{ perRequest: '0.2' }],
      complexityMax: 1,
    },
    {
      id: 'llama-3.1-8b',
      label: 'Llama 3.1 8B',
      provider: 'meta',
      tier: 'light',
      prices: [{ input: { amount: '0.02', per: 1_000 }, output: { amount: '0.04', per: 1_000 } }],
      complexityMax: 1,
    },
    {
      id: 'gemini-2.5-flash',
      label: 'Gemini 2.5 Flash',
      provider: 'google',
      tier: 'fast',
      prices: [{ perRequest: '1' }],
      complexityMax: 2,
    },
    {
      id: 'gpt-5-mini',
      label: 'GPT-5 mini',
      provider: 'openai',
      tier: 'fast',
      prices: [
        {
          input: { amount: '0.1', per: 1_000 },
          output: { amount: '0.8', per: 1_000 },
          cached: { amount: '0.01', per: 1_000 },
        },
      ],
      complexityMax: 2,
    },
    {
      id: 'mistral-medium',
      label: 'Mistral Medium',
      provider: 'mistral',
      tier: 'standard',
      prices: [{ perRequest: '2' }],
      complexityMax: 2,
    },
    {
      id: 'gpt-5',
      label: 'GPT-5',
      provider: 'openai',
      tier: 'standard',
      prices: [
        {
          input: { amount: '0.5', per: 1_000 },
          output: { amount: '4', per: 1_000 },
          cached: { amount: '0.05', per: 1_000 },
        },
      ],
      complexityMax: 3,
    },
    {
      id: 'gemini-2.5-pro',
      label: 'Gemini 2.5 Pro',
      provider: 'google',
      tier: 'advanced',
      prices: [{ perRequest: '12' }, { from: '2026-07-01T00:00:00Z', perRequest: '10' }],
      complexityMax: 3,
    },
    {
      id: 'o3-pro',
      label: 'o3-pro',
      provider: 'openai',
      tier: 'advanced',
      prices: [{ perRequest: '25' }],
      complexityMax: 3,
    },
  ],
  tools: [
    {
      id: 'web_search',
      label: 'Web search',
      prices: [{ amount: '0.5' }],
      integrations: { news: [{ amount: '0.8' }] },
    },
    { id: 'browser', label: 'Browser', prices: [{ amount: '1' }] },
    {
      id: 'email',
      label: 'Email',
      prices: [{ amount: '0.2' }],
      integrations: { gmail: [{ amount: '0.1' }], outlook: [{ amount: '0.1' }] },
    },
    { id: 'calculator', label: 'Calculator', prices: [{ amount: '0' }] },
  ],
  storage: [
    {
      id: 'knowledge_base',
      label: 'Knowledge base',
      unit: { one: 'MB', other: 'MB' },
      prices: [{ amount: '20', per: 1_000 }],
    },
    {
      id: 'traces',
      label: 'Traces',
      unit: { one: 'MB', other: 'MB' },
      prices: [{ amount: '5', per: 1_000 }],
    },
  ],
  metricRates: [{ metric: 'app_clones', prices: [{ amount: '0' }] }],
  creditPacks: [
    {
      id: 'pack_500',
      label: 'Small',
      credits: '500',
      price: { amount: '10', currency: 'USD' },
      expiresAfterDays: { free: 90 },
    },
    {
      id: 'pack_2000',
      label: 'Medium',
      credits: '2000',
      bonus: '100',
      price: { amount: '36', currency: 'USD' },
      expiresAfterDays: { free: 90 },
    },
    {
      id: 'pack_10000',
      label: 'Large',
      credits: '10000',
      bonus: '1500',
      price: { amount: '160', currency: 'USD' },
      expiresAfterDays: { free: 90 },
    },
  ],
  signUpCredit: { amount: '50', scope: { kinds: ['llm'] } },
  failedTaskRefund: 'full',
  links: {
    usage: 'https://example.com/usage',
    tasks: 'https://example.com/tasks',
    billing: 'https://example.com/billing',
    upgrade: 'https://example.com/plans',
    credits: 'https://example.com/billing/credits',
    signUp: 'https://example.com/sign-up',
    support: 'https://example.com/support',
    sales: 'https://example.com/sales',
  },
};
