import type { CatalogConfig } from '../contract/catalog/catalog.ts';

/**
 * An AI workspace that is paid with credits: a baseline for everybody, monthly credits by plan, packs with a bonus, auto
 * top-up, models at a price a request, and auto mode that picks one.
 */
const catalog: CatalogConfig = {
  creditLabel: { one: 'credit', other: 'credits' },
  currency: 'USD',
  anchor: 'subscription_start',
  budget: { label: 'AI credits' },

  metrics: [
    {
      id: 'requests',
      label: 'AI requests',
      unit: { one: 'request', other: 'requests' },
      countsFrom: 'llm_requests',
    },
    // An action that costs nothing by itself: it is counted and makes no charge.
    { id: 'app_clones', label: 'Apps cloned', unit: { one: 'clone', other: 'clones' } },
  ],

  // Given once to every account, free ones too.
  baselineCredits: '500',

  plans: [
    {
      id: 'free',
      name: 'Free',
      rank: 0,
      kind: 'free',
      routeTierMax: 1,
      limits: [
        { metric: 'requests', included: null, policy: 'observe' },
        { metric: 'app_clones', included: null, policy: 'unlimited' },
      ],
    },
    {
      id: 'pro',
      name: 'Pro',
      rank: 1,
      kind: 'paid',
      price: { month: { amount: '20', currency: 'USD' }, year: { amount: '192', currency: 'USD' } },
      // Reset with each cycle; packs and top-up never are.
      monthlyCredits: '10000',
      routeTierMax: 2,
      limits: [{ metric: 'requests', included: null, policy: 'observe' }],
    },
    {
      id: 'business',
      name: 'Business',
      rank: 2,
      kind: 'paid',
      price: { month: { amount: '40', currency: 'USD' }, year: { amount: '384', currency: 'USD' } },
      monthlyCredits: '50000',
      // From here on auto mode may take frontier models. By hand everybody may.
      routeTierMax: 3,
      limits: [{ metric: 'requests', included: null, policy: 'observe' }],
    },
    {
      id: 'max',
      name: 'Max',
      rank: 3,
      kind: 'paid',
      price: { month: { amount: '200', currency: 'USD' }, year: { amount: '1920', currency: 'USD' } },
      monthlyCredits: '150000',
      // A task that has begun goes on with short credits, until so much is owed.
      overdraft: '2000',
      routeTierMax: 3,
      limits: [{ metric: 'requests', included: null, policy: 'observe' }],
    },
    {
      id: 'enterprise',
      name: 'Enterprise',
      rank: 4,
      kind: 'enterprise',
      contact: 'mailto:sales@example.com',
      monthlyCredits: '500000',
      overdraft: '10000',
      routeTierMax: 3,
      limits: [{ metric: 'requests', included: null, policy: 'observe' }],
    },
  ],
  defaultPlanId: 'free',

  cancelling: { rule: 'boundary', planAfter: 'free' },
  upgrade: { period: 'restart_when_first_paid', credits: 'difference' },
  billing: { numberPrefix: 'INV-{account}-', paymentTermDays: 0 },

  modelTiers: [
    { id: 'light', label: 'Light', rank: 1 },
    { id: 'standard', label: 'Standard', rank: 2 },
    { id: 'frontier', label: 'Frontier', rank: 3 },
  ],
  models: [
    {
      id: 'feather-2',
      label: 'Feather 2',
      provider: 'acme',
      tier: 'light',
      complexityMax: 1,
      prices: [{ perRequest: '5' }],
    },
    {
      id: 'sonata-4',
      label: 'Sonata 4',
      provider: 'zenith',
      tier: 'standard',
      complexityMax: 2,
      prices: [{ perRequest: '110' }],
    },
    {
      id: 'opus-4',
      label: 'Opus 4',
      provider: 'zenith',
      tier: 'frontier',
      complexityMax: 3,
      prices: [{ perRequest: '550' }],
    },
  ],
  // What is bought never ends on a paid plan; on Free after a year.
  creditPacks: [
    {
      id: 'p1000',
      label: '1,000 credits',
      credits: '1000',
      price: { amount: '10', currency: 'USD' },
      expiresAfterDays: { free: 365 },
    },
    {
      id: 'p5000',
      label: '5,000 credits',
      credits: '5000',
      bonus: '500',
      price: { amount: '45', currency: 'USD' },
      expiresAfterDays: { free: 365 },
    },
    {
      id: 'p25000',
      label: '25,000 credits',
      credits: '25000',
      bonus: '5000',
      price: { amount: '200', currency: 'USD' },
      expiresAfterDays: { free: 365 },
    },
  ],
  links: {
    billing: '/settings/billing',
    upgrade: '/settings/billing/plans',
    credits: '/settings/billing/credits',
    support: 'mailto:support@example.com',
    sales: 'mailto:sales@example.com',
  },
};

export default catalog;
