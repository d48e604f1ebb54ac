import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { CatalogError } from '../../../app/catalog/catalogs.ts';
import type { CatalogConfig } from '../../../contract/catalog/catalog.ts';
import type { CatalogView } from '../../../contract/catalog/catalog-view.ts';
import { paths } from '../../../contract/http/paths.ts';
import { compileCatalog } from '../../../domain/catalog/catalog.ts';
import { loadCatalog } from '../../catalog/load-catalog.ts';
import { type Decimal, decimalOf } from '../../prices/exact-decimal.ts';
import { readGenaiPrices } from '../../prices/genai-prices.ts';
import { readLitellmTable } from '../../prices/litellm-table.ts';
import { mergePrices, type PriceImport } from '../../prices/merge-prices.ts';
import type { LeftOut, PriceSource } from '../../prices/price-source.ts';
import { type Command, CommandError, type CommandInput, UsageError } from '../command.ts';
import { apiFlags, openApi } from '../open-api.ts';

/** Lines of one kind that are told before the others are counted only. */
const linesToldMax = 100;

/**
 * `usagekit prices import SOURCE`: imports the prices of a public table into the catalog, and reports which prices it took, which
 * it left and why, and which differ from the catalog's prices of the last import.
 */
export const pricesImportCommand: Command = {
  name: 'prices import',
  operands: 'SOURCE',
  summary:
    'Imports prices of models from a public table: genai-prices, or a JSON file in the form of LiteLLM',
  flags: {
    catalog: 'Catalog file (JSON) to update; the catalog of the database or server by default',
    provider:
      "Providers whose models are imported, such as openai,anthropic; those of the catalog's models by default",
    models:
      'Models to add, as names or patterns such as gpt-5*,claude-*; by default none, only prices are updated',
    tier: "Model tier of added models; the catalog's first by default",
    'per-dollar': 'Units of the catalog for a dollar, such as 100 credits; 1 for a catalog in USD',
    from: 'Start of changed prices, such as 2027-01-01T00:00:00Z; now by default',
    ...apiFlags,
  },
  switches: { 'dry-run': 'Prints what it would do and writes nothing' },
  json: {
    prints: 'one',
    of: ['source', 'added', 'changed', 'unchanged', 'left', 'gone', 'passedOver', 'written'],
  },
  async run(input) {
    const [name] = input.operands;
    if (name === undefined) throw new UsageError('usagekit prices import genai-prices, or FILE.json');
    const source = await readSource(name);
    const place = await openCatalog(input);
    try {
      const { config } = place;
      const imported = mergePrices(config, source, {
        providers: providersOf(input, config),
        isWanted: wantedBy(input.flags.models),
        tier: tierOf(input, config),
        perDollar: perDollarOf(input, config),
        from: fromOf(input),
      });
      tellImport(input, source, imported);
      const isChange = imported.added.length > 0 || imported.changed.length > 0;
      if (isChange) assertCatalog(imported.config);
      const isDry = input.switches?.has('dry-run') === true;
      const written = isChange && !isDry ? await place.write(imported.config) : null;
      const { added, changed, unchanged, left, gone, passedOver } = imported;
      input.answer(
        { source: source.name, added, changed, unchanged, left, gone, passedOver, written },
        writtenWords(written, isChange),
      );
    } finally {
      await place.close();
    }
    return 0;
  },
};

async function readSource(name: string): Promise<PriceSource> {
  return name === 'genai-prices'
    ? readGenaiPrices()
    : readLitellmTable(basename(name), await readFile(name, 'utf8'));
}

type Written = { readonly file: string } | { readonly version: number };

function writtenWords(written: Written | null, isChange: boolean): string {
  if (written !== null)
    return 'file' in written
      ? `${written.file} is written.`
      : `Version ${written.version} of the catalog is put.`;
  return isChange
    ? 'This was a dry run; nothing is written.'
    : 'The catalog has these prices already; nothing is written.';
}

interface CatalogPlace {
  readonly config: CatalogConfig;
  /** Gives what it has written: the file, or the version on the server. */
  write(config: CatalogConfig): Promise<Written>;
  close(): Promise<void>;
}

async function openCatalog(input: CommandInput): Promise<CatalogPlace> {
  const { catalog: file } = input.flags;
  if (file !== undefined) {
    if (!file.endsWith('.json'))
      throw new UsageError(`--catalog: ${file} is no JSON file, and only such a one can be written.`);
    return {
      config: await loadCatalog(file, '--catalog'),
      async write(config) {
        await writeFile(file, `${JSON.stringify(config, null, 2)}\n`);
        return { file };
      },
      close: async () => {},
    };
  }
  const api = await openApi(input);
  const { config } = await api.call<CatalogView>('GET', paths.catalog);
  if (config === undefined)
    throw new CommandError('forbidden', "This key may not read the server's catalog.");
  return {
    config,
    async write(next) {
      const { version } = await api.call<CatalogView>('PUT', paths.catalog, next);
      return { version };
    },
    close: () => api.close(),
  };
}

function providersOf({ flags }: CommandInput, { models = [] }: CatalogConfig): ReadonlySet<string> {
  const providers = flags.provider?.split(',') ?? models.map(({ provider }) => provider);
  if (providers.length === 0)
    throw new UsageError(
      'The catalog has no models yet: name --provider, such as openai,anthropic, and --models.',
    );
  return new Set(providers.map((provider) => provider.trim()));
}

function wantedBy(models: string | undefined): (name: string) => boolean {
  const patterns = (models ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map((each) => new RegExp(`^${each.split('*').map(escaped).join('.*')}$`));
  return (name) => patterns.some((pattern) => pattern.test(name));
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function tierOf({ flags }: CommandInput, { modelTiers = [] }: CatalogConfig): string {
  const tier = flags.tier ?? modelTiers[0]?.id;
  if (tier === undefined || !modelTiers.some(({ id }) => id === tier))
    throw new UsageError(
      tier === undefined
        ? 'The catalog has no modelTiers: add one, which the models are to be in.'
        : `--tier: the catalog has no model tier '${tier}'; it has ${modelTiers.map(({ id }) => id).join(', ') || 'none'}.`,
    );
  return tier;
}

function perDollarOf({ flags }: CommandInput, { pricedIn, currency }: CatalogConfig): Decimal {
  const text = flags['per-dollar'];
  if (text === undefined && pricedIn === 'money' && currency === 'USD') return { digits: 1n, scale: 0 };
  if (text === undefined)
    throw new UsageError(
      `The tables are in US dollars: name --per-dollar, what a dollar is in ${pricedIn === 'money' ? currency : 'credits'}.`,
    );
  const perDollar = /^\d{1,9}(\.\d{1,6})?$/.test(text) ? decimalOf(Number(text)) : null;
  if (perDollar === null || perDollar.digits === 0n)
    throw new UsageError(`--per-dollar: '${text}' is no amount above 0, such as 100 or 0.92.`);
  return perDollar;
}

function fromOf({ flags }: CommandInput): string {
  const { from } = flags;
  if (from === undefined) return new Date().toISOString();
  const atMs = Date.parse(from);
  if (Number.isNaN(atMs))
    throw new UsageError(`--from: '${from}' is no instant, such as 2027-01-01T00:00:00Z.`);
  return new Date(atMs).toISOString();
}

function assertCatalog(config: CatalogConfig): void {
  const compiled = compileCatalog(config);
  if (compiled.outcome === 'refused') throw new CatalogError(compiled.mistakes);
}

function tellImport({ print, tell }: CommandInput, { name }: PriceSource, imported: PriceImport): void {
  const { added, changed, unchanged, left, gone, passedOver } = imported;
  const list = (title: string, lines: readonly string[], say: (line: string) => void) => {
    if (lines.length === 0) return;
    say(`${title}: ${lines.length}`);
    for (const line of lines.slice(0, linesToldMax)) say(`  ${line}`);
    if (lines.length > linesToldMax) say(`  ... and ${lines.length - linesToldMax} more`);
  };
  print(`Prices of ${name}`);
  list('Taken', added, print);
  list(
    'Changed since the last import',
    changed.map(({ id, changes }) => `${id}: ${changes.join('; ')}`),
    print,
  );
  print(`The same as before: ${unchanged.length}`);
  list('Left', left.map(leftLine), tell);
  list('In the catalog and not in the table, left as they are', gone, tell);
  print(`Not asked for: ${passedOver}`);
}

function leftLine({ provider, model, part, reason }: LeftOut): string {
  return `${provider} ${model}${part === null ? '' : `, ${part}`}: ${reason}`;
}
