import type { CatalogConfig, PlanLimitConfig } from '@usagekit/server/contract';
import { arabic } from './translations/arabic.ts';
import { german } from './translations/german.ts';
import { japanese } from './translations/japanese.ts';

/** What Fieldnote sells, meters and charges. `siteUrl` is where its own pages are, to which the widgets' buttons lead. */
export function fieldnoteCatalog(siteUrl: string): CatalogConfig {
  return {
    creditLabel: { one: 'credit', other: 'credits' },
    currency: 'USD',
    anchor: 'subscription_start',
    billing: { paymentTermDays: 0, retryDays: [3, 5, 7] },
    budget: { label: 'AI credits' },
    meterGroups: [
      { id: 'library', label: 'Library' },
      { id: 'activity', label: 'Monthly activity' },
      { id: 'data', label: 'Data operations' },
    ],
    metrics: [
      {
        id: 'sources',
        label: 'Sources kept',
        description: 'Every page, paper and feed in your library, until you remove it.',
        unit: { one: 'source', other: 'sources' },
        kind: 'gauge',
        group: 'library',
      },
      {
        id: 'storage_gb',
        label: 'Storage',
        unit: { one: 'GB', other: 'GB' },
        kind: 'gauge',
        group: 'library',
      },
      { id: 'tasks', label: 'Research tasks', unit: { one: 'task', other: 'tasks' }, group: 'activity' },
      {
        id: 'ai_tokens',
        label: 'AI tokens',
        unit: { one: 'token', other: 'tokens' },
        group: 'activity',
        countsFrom: 'llm_tokens',
      },
      {
        id: 'digest_emails',
        label: 'Digest emails',
        description: 'Each recipient of a digest counts as one.',
        unit: { one: 'email', other: 'emails' },
        group: 'activity',
      },
      { id: 'exports', label: 'Exports', unit: { one: 'export', other: 'exports' }, group: 'data' },
      { id: 'api_calls', label: 'API calls', unit: { one: 'call', other: 'calls' }, group: 'data' },
    ],
    modelTiers: [
      { id: 'light', label: 'Light', rank: 1 },
      { id: 'standard', label: 'Standard', rank: 2 },
      { id: 'advanced', label: 'Advanced Reasoning', rank: 3 },
    ],
    categories: [
      { id: 'research', label: 'Research', tier: 'advanced' },
      { id: 'monitoring', label: 'Monitoring', tier: 'standard' },
      { id: 'drafting', label: 'Drafting', tier: 'standard' },
      { id: 'summary', label: 'Summaries', tier: 'light' },
    ],
    models: [
      {
        id: 'swift',
        label: 'Swift',
        provider: 'fieldnote',
        tier: 'light',
        complexityMax: 1,
        prices: [{ input: { amount: '0.2', per: 1_000 }, output: { amount: '0.8', per: 1_000 } }],
      },
      {
        id: 'core',
        label: 'Core',
        provider: 'fieldnote',
        tier: 'standard',
        complexityMax: 2,
        prices: [{ input: { amount: '1', per: 1_000 }, output: { amount: '4', per: 1_000 } }],
      },
      {
        id: 'sage',
        label: 'Sage',
        provider: 'fieldnote',
        tier: 'advanced',
        complexityMax: 3,
        prices: [{ input: { amount: '4', per: 1_000 }, output: { amount: '16', per: 1_000 } }],
      },
    ],
    tools: [
      {
        id: 'web_search',
        label: 'Web search',
        prices: [{ amount: '2' }],
        integrations: { scholar: [{ amount: '3' }] },
      },
      { id: 'page_reader', label: 'Page reader', prices: [{ amount: '0.5' }] },
    ],
    storage: [
      {
        id: 'knowledge_base',
        label: 'Knowledge base',
        unit: { one: 'MB', other: 'MB' },
        prices: [{ amount: '0.25' }],
      },
    ],
    defaultPlanId: 'free',
    plans: [
      {
        id: 'free',
        name: 'Free',
        rank: 0,
        kind: 'free',
        monthlyCredits: '300',
        limits: [
          soft('sources', '100'),
          hard('storage_gb', '1'),
          hard('tasks', '40'),
          observed('ai_tokens'),
          hard('digest_emails', '30'),
          hard('exports', '10'),
          hard('api_calls', '500'),
        ],
        highlights: ['Every model', 'One workspace', 'Community support'],
      },
      {
        id: 'team',
        name: 'Team',
        rank: 1,
        kind: 'paid',
        price: { month: { amount: '149', currency: 'USD' }, year: { amount: '1490', currency: 'USD' } },
        monthlyCredits: '20000',
        limits: [
          soft('sources', '2500'),
          hard('storage_gb', '50'),
          soft('tasks', '400'),
          observed('ai_tokens'),
          hard('digest_emails', '2000'),
          hard('exports', '250'),
          soft('api_calls', '50000'),
        ],
        highlights: ['Shared library', 'Scheduled monitoring', 'Email support'],
      },
      {
        id: 'business',
        name: 'Business',
        rank: 2,
        kind: 'paid',
        price: { month: { amount: '499', currency: 'USD' }, year: { amount: '4990', currency: 'USD' } },
        monthlyCredits: '80000',
        limits: [
          { metric: 'sources', included: null, policy: 'unlimited' },
          hard('storage_gb', '500'),
          { metric: 'tasks', included: null, policy: 'unlimited' },
          observed('ai_tokens'),
          hard('digest_emails', '20000'),
          hard('exports', '2500'),
          soft('api_calls', '500000'),
        ],
        highlights: ['Single sign-on', 'Audit log', 'Priority support'],
      },
    ],
    creditPacks: [
      {
        id: 'pack_2000',
        label: 'Pack of 2,000',
        credits: '2000',
        price: { amount: '20', currency: 'USD' },
        expiresAfterDays: { free: 90 },
      },
      {
        id: 'pack_5000',
        label: 'Pack of 5,000',
        credits: '5000',
        bonus: '250',
        price: { amount: '48', currency: 'USD' },
        expiresAfterDays: { free: 90 },
      },
      {
        id: 'pack_20000',
        label: 'Pack of 20,000',
        credits: '20000',
        bonus: '2000',
        price: { amount: '180', currency: 'USD' },
        expiresAfterDays: { free: 90 },
      },
    ],
    // Members see which plan they are on; its price stays with those who pay it.
    views: { member: { plan: true }, manager: { plan: true } },
    links: {
      usage: `${siteUrl}/usage`,
      billing: `${siteUrl}/plans`,
      upgrade: `${siteUrl}/plans`,
      credits: `${siteUrl}/plans#buy-credits`,
      support: 'mailto:support@example.com',
      sales: 'mailto:sales@example.com',
      connect: `${siteUrl}/browsers`,
    },
    translations: { de: german, ja: japanese, ar: arabic },
  };
}

function hard(metric: string, included: string): PlanLimitConfig {
  return { metric, included, policy: 'hard' };
}

function soft(metric: string, included: string): PlanLimitConfig {
  return { metric, included, policy: 'soft' };
}

function observed(metric: string): PlanLimitConfig {
  return { metric, included: null, policy: 'observe' };
}
