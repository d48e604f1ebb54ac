import type { CatalogConfig, ModelConfig } from '../../contract/catalog/catalog.ts';
import type { Dimensions, Item, ModelRequestUse } from '../../contract/gate/gate.ts';
import { parseAmount } from '../../domain/amounts/amounts.ts';

/** A use as `GET /v1/accounts/{id}/export/events` tells it in JSON Lines. */
export interface ExportedUse extends Dimensions {
  id: string;
  /** Null for a use of a gate. */
  eventId: string | null;
  at: string;
  counts: { metric: string; quantity: string; model?: string; tool?: string }[];
  lines: {
    kind: 'llm' | 'tool' | 'storage' | 'metric';
    ref: string;
    integration?: string;
    quantity: string;
    unit: string;
    amount: string;
    ownKey?: true;
    /** The request's own figures; absent in history from before they were kept. */
    stated?: ModelRequestUse;
  }[];
  backfill: boolean;
  takesBack?: { usageId: string };
}

/** The host's request, as far as its record shows it. */
export interface RecordedUse {
  readonly items: Item[];
  /** Whether what was said of a request is not in its record and does not follow from it: its tokens are split by a guess. */
  readonly isEstimated: boolean;
}

/**
 * Finds the items of a use from its record. A record from before requests were kept as they were stated has the sum of a request's
 * tokens alone: how many of them were input follows from the counts, where the catalog counts them, or from what the request cost.
 */
export function itemsOf(use: ExportedUse, { present, tried }: TrialCatalogs): RecordedUse {
  const items: Item[] = [];
  let isEstimated = false;
  for (const { metric, quantity, model, tool } of use.counts)
    if (model === undefined && tool === undefined) items.push({ metric, quantity });
  for (const line of use.lines) {
    if (line.kind === 'tool')
      items.push({
        tool: line.ref,
        ...(line.integration === undefined ? {} : { integration: line.integration }),
        calls: Math.round(Number(line.quantity)),
      });
    else if (line.kind === 'storage') items.push({ storage: line.ref, quantity: line.quantity });
    else if (line.kind === 'llm') {
      const item = modelItem(use, line, { present, tried });
      items.push(item.item);
      isEstimated ||= item.isEstimated;
    }
  }
  // A free use has no line, and may still be counted.
  for (const [tool, calls] of freeCalls(use, present)) items.push({ tool, calls });
  return { items, isEstimated };
}

export interface TrialCatalogs {
  /** The catalog by which the uses were priced. */
  readonly present: CatalogConfig;
  readonly tried: CatalogConfig;
}

type Line = ExportedUse['lines'][number];

function modelItem(
  use: ExportedUse,
  line: Line,
  { present, tried }: TrialCatalogs,
): { item: Item; isEstimated: boolean } {
  if (line.stated !== undefined) return { item: { model: line.ref, ...line.stated }, isEstimated: false };
  if (line.unit !== 'tokens') {
    const isExact = line.unit === 'requests' && isPricedByRequest(line.ref, tried);
    return { item: { model: line.ref }, isEstimated: !isExact };
  }
  const tokens = Math.round(Number(line.quantity));
  const counted = countedInput(use, line.ref, present);
  const solved = counted ?? inputByCost(line, present, use.at);
  const inputTokens = Math.min(tokens, Math.max(0, solved?.input ?? tokens));
  return {
    item: { model: line.ref, inputTokens, outputTokens: tokens - inputTokens },
    isEstimated: solved?.isExact !== true,
  };
}

function isPricedByRequest(id: string, { models }: CatalogConfig): boolean {
  const prices = models?.find((model) => model.id === id)?.prices ?? [];
  return prices.every(({ perRequest, input, output }) => perRequest !== undefined && !input && !output);
}

/** Where a metric counts input by itself, it says how much there was; with several lines of one model it says the sum alone. */
function countedInput(
  { counts, lines }: ExportedUse,
  model: string,
  { metrics }: CatalogConfig,
): { input: number; isExact: boolean } | undefined {
  const counting = metrics.find(({ countsFrom }) => countsFrom === 'llm_input_tokens')?.id;
  if (counting === undefined || lines.filter(({ ref }) => ref === model).length > 1) return undefined;
  const count = counts.find((one) => one.metric === counting && one.model === model);
  return count === undefined ? undefined : { input: Math.round(Number(count.quantity)), isExact: true };
}

/** Parts of a millionth in which rates are whole numbers. */
const partsPerMillionth = 1_000_000_000n;

/** With a price for input and one for output, sum and cost leave one way to split the tokens. */
function inputByCost(
  line: Line,
  catalog: CatalogConfig,
  at: string,
): { input: number; isExact: boolean } | undefined {
  const model = catalog.models?.find(({ id }) => id === line.ref);
  const price = model && priceAt(model, at);
  if (price?.input === undefined || price.output === undefined || line.ownKey) return undefined;
  const [input, output] = [ratePerToken(price.input), ratePerToken(price.output)];
  const tokens = BigInt(Math.round(Number(line.quantity)));
  const cost = parseAmount(line.amount) * partsPerMillionth;
  if (input === output) return undefined;
  const found = Number(cost - tokens * output) / Number(input - output);
  if (!Number.isFinite(found)) return undefined;
  const whole = BigInt(Math.round(found));
  const missed = whole * input + (tokens - whole) * output - cost;
  const isWithin = whole >= 0n && whole <= tokens;
  const isExact = isWithin && missed <= partsPerMillionth && -missed <= partsPerMillionth;
  return { input: Number(whole), isExact };
}

function ratePerToken({ amount, per = 1 }: { amount: string; per?: number }): bigint {
  const [whole = '0', fraction = ''] = amount.split('.');
  const billionths = BigInt(`${whole}${fraction.padEnd(9, '0').slice(0, 9)}`);
  // A rate is for 1, 1,000 or 1,000,000.
  return billionths * BigInt(1_000_000 / per);
}

function priceAt({ prices }: ModelConfig, at: string) {
  const holding = prices.filter(({ from }) => from === undefined || Date.parse(from) <= Date.parse(at));
  return holding.toSorted((a, b) => (a.from ?? '').localeCompare(b.from ?? '')).at(-1);
}

function freeCalls({ counts, lines }: ExportedUse, { metrics }: CatalogConfig): Map<string, number> {
  const calls = new Map<string, number>();
  const counting = metrics.find(({ countsFrom }) => countsFrom === 'tool_calls')?.id;
  for (const { metric, tool, quantity } of counts)
    if (metric === counting && tool !== undefined && !lines.some(({ ref }) => ref === tool))
      calls.set(tool, (calls.get(tool) ?? 0) + Math.round(Number(quantity)));
  return calls;
}
