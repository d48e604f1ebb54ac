import type { CatalogConfig, MetricSource } from '../../contract/catalog/catalog.ts';
import { isWebAddress } from '../../contract/values/web-address.ts';
import { completeViews } from '../access/role-views.ts';
import { creditsMetric } from '../usage/cells.ts';
import { readBilling } from './billing.ts';
import { capitalised } from './capitalised.ts';
import { CatalogReader } from './catalog-reader.ts';
import type { Catalog, Category, CompiledCatalog, Metric, ModelTier } from './catalog-types.ts';
import { createModelNames } from './model-names.ts';
import { readModels } from './model-prices.ts';
import { readPlans } from './plans.ts';
import { readMetricRates, readPacks, readSignUpCredit, readStorage, readTools } from './rate-card.ts';
import { type RetiredEntries, unitOf } from './retired.ts';
import {
  readAddOns,
  readCancelling,
  readCapacities,
  readPauses,
  readSeatTypes,
  readUpgrade,
} from './selling.ts';
import { checkTranslations } from './translations.ts';

/**
 * Checks a configuration and compiles the tables that decisions read. Every mistake is reported at once, each with its place and
 * the accepted values. The schema checks the configuration's shape (fields, types); this function checks its meaning.
 */
export function compileCatalog(
  config: CatalogConfig,
  version = 0,
  retired: RetiredEntries = {},
): CompiledCatalog {
  const reader = new CatalogReader();
  const catalog = { ...readCatalog(reader, config, version), retired: readRetired(config, retired) };
  if (reader.mistakes.length > 0) return { outcome: 'refused', mistakes: reader.mistakes };
  return { outcome: 'compiled', catalog };
}

/** Retired things were checked when they were put; their references may no longer exist. */
function readRetired(config: CatalogConfig, retired: RetiredEntries): Catalog['retired'] {
  const reader = new CatalogReader();
  const { metrics = [], models = [], tools = [], storage = [], metricRates = [], categories = [] } = retired;
  const modelTiers = [...(retired.modelTiers ?? []), ...(config.modelTiers ?? [])];
  const once: CatalogConfig = {
    ...config,
    metrics,
    models,
    tools,
    storage,
    metricRates,
    categories,
    modelTiers,
  };
  const tiers = readModelTiers(reader, once);
  const readCategory = readCategories(reader, once, tiers);
  const readMetric = readMetrics(reader, once, readCategory);
  const readModel = readModels(reader, once, tiers);
  return {
    metrics: readMetric,
    models: readModel,
    modelsByName: createModelNames(readModel.values()),
    tools: readTools(reader, once),
    storage: readStorage(reader, once),
    metricRates: readMetricRates(reader, once, readMetric),
    categories: readCategory,
  };
}

function readCatalog(
  reader: CatalogReader,
  config: CatalogConfig,
  version: number,
): Omit<Catalog, 'retired'> {
  reader.unitLabel('/creditLabel', config.creditLabel);
  reader.currency('/currency', config.currency);
  const unit = unitOf(config);
  const meterGroups = reader.entries('/meterGroups', config.meterGroups).map(({ entry, pointer }) => {
    reader.label(`${pointer}/label`, entry.label);
    return entry;
  });
  const modelTiers = readModelTiers(reader, config);
  const categories = readCategories(reader, config, modelTiers);
  const metrics = readMetrics(reader, config, categories);
  const capacities = readCapacities(reader, config);
  const seatTypes = readSeatTypes(reader, config);
  const comparison = reader.entries('/comparison', config.comparison).map(({ entry, pointer }) => {
    reader.label(`${pointer}/label`, entry.label);
    return entry;
  });
  const addOns = readAddOns(reader, config, { metrics, capacities });
  const plans = readPlans(reader, config, { metrics, capacities, seatTypes, comparison, addOns });
  const models = readModels(reader, config, modelTiers);
  const defaultPlanId = config.defaultPlanId ?? config.plans[0]?.id ?? '';
  if (config.defaultPlanId !== undefined)
    reader.reference('/defaultPlanId', defaultPlanId, plans.keys(), 'plan');
  checkLinks(reader, config);
  checkTranslations(reader, config);
  return {
    version,
    config,
    translation: {},
    creditLabel: config.creditLabel,
    currency: config.currency,
    unit,
    anchor: config.anchor ?? 'subscription_start',
    modelNames: config.modelNames ?? 'shown',
    metrics,
    countingFrom: groupBySource(metrics),
    meterGroups,
    categories,
    modelTiers,
    plans,
    latest: null,
    older: new Map(),
    defaultPlanId,
    comparison,
    capacities,
    seatTypes,
    pauses: readPauses(reader, config, metrics),
    cancelling: readCancelling(reader, config),
    upgrade: readUpgrade(reader, config),
    proration: config.proration ?? 'days',
    billing: readBilling(reader, config),
    budget: readBudget(reader, config, metrics),
    models,
    modelsByName: createModelNames(models.values()),
    tools: readTools(reader, config),
    storage: readStorage(reader, config),
    metricRates: readMetricRates(reader, config, metrics),
    creditPacks: readPacks(reader, config),
    baselineCredits: reader.optionalAmount('/baselineCredits', config.baselineCredits),
    baselineCreditsPer: config.baselineCreditsPer ?? 'account',
    signUpCredit: readSignUpCredit(reader, config, { unit, metrics, models, categories }),
    failedTaskRefund: config.failedTaskRefund ?? 'keep',
    failedTaskCounts: config.failedTaskCounts ?? 'keep',
    views: completeViews(config.views),
    links: config.links ?? {},
  };
}

function readModelTiers(reader: CatalogReader, config: CatalogConfig): ReadonlyMap<string, ModelTier> {
  const tiers = new Map<string, ModelTier>();
  for (const { entry, pointer } of reader.entries('/modelTiers', config.modelTiers)) {
    reader.label(`${pointer}/label`, entry.label);
    reader.wholeNumber(`${pointer}/rank`, entry.rank, 0);
    tiers.set(entry.id, entry);
  }
  return tiers;
}

function readCategories(
  reader: CatalogReader,
  config: CatalogConfig,
  tiers: ReadonlyMap<string, ModelTier>,
): ReadonlyMap<string, Category> {
  const categories = new Map<string, Category>();
  for (const { entry, pointer } of reader.entries('/categories', config.categories)) {
    reader.label(`${pointer}/label`, entry.label);
    if (entry.tier !== undefined) reader.reference(`${pointer}/tier`, entry.tier, tiers.keys(), 'model tier');
    const tierLabel = entry.tier === undefined ? null : (tiers.get(entry.tier)?.label ?? null);
    categories.set(entry.id, { id: entry.id, label: entry.label, tierLabel });
  }
  return categories;
}

function readMetrics(
  reader: CatalogReader,
  config: CatalogConfig,
  categories: ReadonlyMap<string, Category>,
): ReadonlyMap<string, Metric> {
  const groups = (config.meterGroups ?? []).map((group) => group.id);
  const metrics = new Map<string, Metric>();
  for (const { entry, pointer } of reader.entries('/metrics', config.metrics)) {
    reader.label(`${pointer}/label`, entry.label);
    if (entry.description !== undefined) reader.label(`${pointer}/description`, entry.description);
    reader.unitLabel(`${pointer}/unit`, entry.unit);
    if (entry.id === creditsMetric)
      reader.mistake(`${pointer}/id`, `'${creditsMetric}' stands for what is charged`, 'another id');
    if (entry.group !== undefined) reader.reference(`${pointer}/group`, entry.group, groups, 'meter group');
    if (entry.kind === 'gauge' && entry.countsFrom !== undefined)
      reader.mistake(
        `${pointer}/kind`,
        `What counts ${entry.countsFrom} cannot fall, and starts again each cycle`,
        'counter',
      );
    for (const [index, category] of (entry.categories ?? []).entries())
      reader.reference(`${pointer}/categories/${index}`, category, categories.keys(), 'category');
    metrics.set(entry.id, {
      id: entry.id,
      label: entry.label,
      description: entry.description ?? null,
      unit: entry.unit,
      kind: entry.kind ?? 'counter',
      group: entry.group ?? null,
      countsFrom: entry.countsFrom ?? null,
      categories: entry.categories === undefined ? null : new Set(entry.categories),
    });
  }
  return metrics;
}

function groupBySource(metrics: ReadonlyMap<string, Metric>): ReadonlyMap<MetricSource, readonly Metric[]> {
  const bySource = new Map<MetricSource, Metric[]>();
  for (const metric of metrics.values()) {
    if (metric.countsFrom === null) continue;
    const group = bySource.get(metric.countsFrom);
    if (group === undefined) bySource.set(metric.countsFrom, [metric]);
    else group.push(metric);
  }
  return bySource;
}

function readBudget(
  reader: CatalogReader,
  config: CatalogConfig,
  metrics: ReadonlyMap<string, Metric>,
): Catalog['budget'] {
  // What a credit is called is the unit of no balance of money: nobody has used 44 % of the Dollars.
  const usual = config.pricedIn === 'money' ? 'Balance' : capitalised(config.creditLabel.other);
  const { label = usual, metric = null } = config.budget ?? {};
  reader.label('/budget/label', label);
  if (metric !== null && reader.reference('/budget/metric', metric, metrics.keys(), 'metric')) {
    if (metrics.get(metric)?.kind === 'gauge')
      reader.mistake('/budget/metric', `'${metric}' is a gauge, which does not reset`, 'a counter');
  }
  return { label, metric };
}

/** Actions become links in the host's page, so an address may not run a script. */
function checkLinks(reader: CatalogReader, config: CatalogConfig): void {
  for (const [name, href] of Object.entries(config.links ?? {}))
    if (typeof href !== 'string' || !/^(https?:\/\/|mailto:|\/(?!\/))/i.test(href))
      reader.mistake(
        `/links/${name}`,
        `'${String(href).slice(0, 40)}' is no address`,
        'https://, http://, mailto:, or a path from /',
      );
  const connect = config.links?.connect;
  // An extension opens it, which has no page that a path could be relative to.
  if (connect !== undefined && !isWebAddress(connect))
    reader.mistake('/links/connect', 'is not a whole address', 'https://app.example.com/connect');
}
