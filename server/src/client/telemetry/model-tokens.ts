import type { ModelItem } from '../../contract/gate/gate.ts';

/** Tokens of one request, as counts that do not overlap; what a library does not tell apart is in `input` or `output`. */
export interface ModelTokens {
  readonly input: number;
  readonly cacheRead: number;
  /** Written to a cache which keeps them for minutes. */
  readonly cacheWrite: number;
  readonly output: number;
  /** Written to a cache which keeps them for an hour. */
  readonly cacheWriteHour?: number;
  readonly reasoning?: number;
  readonly audioInput?: number;
  readonly audioOutput?: number;
  readonly imageInput?: number;
  readonly imageOutput?: number;
}

/** Fields of an item in addition to input and output, by the count that they take. */
const itemFields = [
  ['cacheRead', 'cachedTokens'],
  ['cacheWrite', 'cacheWriteTokens'],
  ['cacheWriteHour', 'cacheWriteHourTokens'],
  ['reasoning', 'reasoningTokens'],
  ['audioInput', 'audioInputTokens'],
  ['audioOutput', 'audioOutputTokens'],
  ['imageInput', 'imageInputTokens'],
  ['imageOutput', 'imageOutputTokens'],
] as const satisfies readonly (readonly [keyof ModelTokens, keyof ModelItem])[];

/** Under which names an item is known to the catalog, and how the provider served it. */
export interface ModelNaming {
  readonly model: string;
  readonly provider?: string | undefined;
  readonly serviceTier?: string | undefined;
}

/** About so many characters make a token of ordinary text; only for estimates. */
const charactersPerToken = 4;

/** The assumed output tokens of a call that names no bound. */
export const outputTokensEstimated = 1_000;

export function estimatedTokens(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}

/** The item that a model's tokens make. A kind for which the rate card has no rate costs what input or output does. */
export function modelItem({ model, provider, serviceTier }: ModelNaming, tokens: ModelTokens): ModelItem {
  const item: ModelItem = {
    model,
    ...(provider === undefined ? {} : { provider }),
    inputTokens: tokens.input,
    outputTokens: tokens.output,
    ...(serviceTier === undefined ? {} : { serviceTier }),
  };
  for (const [count, field] of itemFields) {
    const tokensOfKind = tokens[count] ?? 0;
    if (tokensOfKind > 0) item[field] = tokensOfKind;
  }
  return item;
}

/** A total without its parts; never below 0, since a library may count parts differently. */
export function without(whole: number, ...parts: readonly number[]): number {
  return Math.max(
    0,
    parts.reduce((left, part) => left - part, whole),
  );
}

/**
 * The AI SDK's token counts of a call, in any of its forms: by kind (specifications V3 and V4), or flat (V2), where the input
 * includes the tokens read from a cache. Undefined if there are none.
 */
export function tokensOfAiSdk(usage: unknown): ModelTokens | undefined {
  if (!isRecord(usage)) return undefined;
  const { inputTokens: input, outputTokens: output } = usage;
  if (isRecord(input) || isRecord(output)) {
    const read = tokenCount(isRecord(input) ? input.cacheRead : 0);
    const written = tokenCount(isRecord(input) ? input.cacheWrite : 0);
    const total = isRecord(input) ? tokenCount(input.total) : 0;
    const fresh =
      isRecord(input) && input.noCache !== undefined ? tokenCount(input.noCache) : total - read - written;
    const spoken = isRecord(output) ? tokenCount(output.total) : 0;
    if (total + fresh + read + written + spoken === 0) return undefined;
    const reasoning = isRecord(output) ? tokenCount(output.reasoning) : 0;
    return {
      input: Math.max(0, fresh),
      cacheRead: read,
      cacheWrite: written,
      output: without(spoken, reasoning),
      reasoning,
    };
  }
  if (input === undefined && output === undefined) return undefined;
  const read = tokenCount(usage.cachedInputTokens);
  const reasoning = tokenCount(usage.reasoningTokens);
  return {
    input: without(tokenCount(input), read),
    cacheRead: read,
    cacheWrite: 0,
    output: without(tokenCount(output), reasoning),
    reasoning,
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** A library's count; 0 if it is not a count. */
export function tokenCount(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0;
}

/** The text in a prompt, whatever its parts are; files and images are not counted as text. */
export function textIn(prompt: unknown): string {
  if (typeof prompt === 'string') return prompt;
  if (Array.isArray(prompt)) return prompt.map(textIn).join('');
  if (!isRecord(prompt)) return '';
  return `${typeof prompt.text === 'string' ? prompt.text : ''}${textIn(prompt.content)}`;
}
