import type { CatalogConfig, ToolConfig } from '../../contract/catalog/catalog.ts';
import { wordsOfPiece, wordsOfRate } from '../stored-words/stored-rates.ts';
import { type CatalogReader, type Placed, pointerToken } from './catalog-reader.ts';
import type { Catalog, DatedPrice, Metric, Pack, Rate, StorageKind, Tool } from './catalog-types.ts';
import { readPrices } from './rates.ts';

export function readTools(reader: CatalogReader, config: CatalogConfig): ReadonlyMap<string, Tool> {
  const tools = new Map<string, Tool>();
  for (const { entry, pointer } of reader.entries('/tools', config.tools)) {
    reader.label(`${pointer}/label`, entry.label);
    tools.set(entry.id, {
      id: entry.id,
      label: entry.label,
      prices: readPrices(reader, `${pointer}/prices`, entry.prices, callWords),
      integrations: readIntegrations(reader, { entry, pointer }),
    });
  }
  return tools;
}

function readIntegrations(reader: CatalogReader, { entry, pointer }: Placed<ToolConfig>) {
  const integrations = new Map<string, readonly DatedPrice[]>();
  for (const [name, prices] of Object.entries(entry.integrations ?? {})) {
    const place = `${pointer}/integrations/${pointerToken(name)}`;
    reader.id(place, name);
    integrations.set(name, readPrices(reader, place, prices, callWords));
  }
  return integrations;
}

function callWords(rate: Rate): string {
  return rate.per === 1n ? wordsOfPiece(rate.amount, 'call') : wordsOfRate(rate, 'call', 'calls');
}

export function readStorage(reader: CatalogReader, config: CatalogConfig): ReadonlyMap<string, StorageKind> {
  const kinds = new Map<string, StorageKind>();
  for (const { entry, pointer } of reader.entries('/storage', config.storage)) {
    reader.label(`${pointer}/label`, entry.label);
    reader.unitLabel(`${pointer}/unit`, entry.unit);
    const { one, other } = entry.unit;
    const prices = readPrices(reader, `${pointer}/prices`, entry.prices, (rate) =>
      wordsOfRate(rate, one, other),
    );
    kinds.set(entry.id, { id: entry.id, label: entry.label, unit: entry.unit, prices });
  }
  return kinds;
}

export function readMetricRates(
  reader: CatalogReader,
  config: CatalogConfig,
  metrics: ReadonlyMap<string, Metric>,
): ReadonlyMap<string, readonly DatedPrice[]> {
  const rates = new Map<string, readonly DatedPrice[]>();
  for (const [index, entry] of (config.metricRates ?? []).entries()) {
    const pointer = `/metricRates/${index}`;
    reader.reference(`${pointer}/metric`, entry.metric, metrics.keys(), 'metric');
    if (rates.has(entry.metric))
      reader.mistake(`${pointer}/metric`, `'${entry.metric}' is priced twice`, 'one list of prices a metric');
    const metric = metrics.get(entry.metric);
    if (metric?.kind === 'gauge')
      reader.mistake(
        `${pointer}/metric`,
        `'${entry.metric}' is a gauge, which may fall again and so has no price of its own`,
        'a counter; storage is priced as a storage kind',
      );
    if (metric?.countsFrom === 'charges')
      reader.mistake(`${pointer}/metric`, `'${entry.metric}' counts charges already`, 'another counter');
    const { one, other } = metric?.unit ?? { one: 'unit', other: 'units' };
    const prices = readPrices(reader, `${pointer}/prices`, entry.prices, (rate) =>
      wordsOfRate(rate, one, other),
    );
    rates.set(entry.metric, prices);
  }
  return rates;
}

export function readPacks(reader: CatalogReader, config: CatalogConfig): ReadonlyMap<string, Pack> {
  const packs = new Map<string, Pack>();
  for (const { entry, pointer } of reader.entries('/creditPacks', config.creditPacks)) {
    reader.label(`${pointer}/label`, entry.label);
    reader.money(`${pointer}/price`, entry.price, config.currency);
    const days = (kind: 'free' | 'paid' | 'enterprise') =>
      reader.wholeNumber(`${pointer}/expiresAfterDays/${kind}`, entry.expiresAfterDays?.[kind], 1);
    packs.set(entry.id, {
      id: entry.id,
      label: entry.label,
      credits: reader.amount(`${pointer}/credits`, entry.credits, { above: 0n }),
      bonus: reader.optionalAmount(`${pointer}/bonus`, entry.bonus),
      price: entry.price,
      expiresAfterDays: { free: days('free'), paid: days('paid'), enterprise: days('enterprise') },
    });
  }
  return packs;
}

export function readSignUpCredit(
  reader: CatalogReader,
  config: CatalogConfig,
  known: Pick<Catalog, 'unit' | 'metrics' | 'models' | 'categories'>,
): Catalog['signUpCredit'] {
  const credit = config.signUpCredit;
  if (credit === undefined) return null;
  const scope = credit.scope ?? {};
  const pointer = '/signUpCredit';
  const lists = [
    ['metrics', scope.metrics, known.metrics, 'metric'],
    ['models', scope.models, known.models, 'model'],
    ['categories', scope.categories, known.categories, 'category'],
  ] as const;
  for (const [name, ids, ofCatalog, what] of lists)
    for (const [index, id] of (ids ?? []).entries())
      reader.reference(`${pointer}/scope/${name}/${index}`, id, ofCatalog.keys(), what);
  const unit = credit.unit === undefined ? known.unit : credit.unit === 'money' ? config.currency : 'credits';
  if (unit !== known.unit)
    reader.mistake(
      `${pointer}/unit`,
      'It could pay for nothing, since everything is priced in another unit',
      known.unit === 'credits' ? 'credits' : 'money',
    );
  return { amount: reader.amount(`${pointer}/amount`, credit.amount, { above: 0n }), unit, scope };
}
