import type { ModelItem } from '../../contract/gate.ts';

/** Tokens of one request, as counts that do not overlap. */
export interface ModelTokens {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly output: number;
}

/** About so many characters make a token of ordinary text; only for estimates. */
const charactersPerToken = 4;

/** What an output is taken to be before it is there, where the call names no bound. */
export const outputTokensEstimated = 1_000;

export function estimatedTokens(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}

/** The item that a model's tokens make. Tokens that were written to a cache are input, as a rate card without cache prices has them. */
export function modelItem(model: string, provider: string | undefined, tokens: ModelTokens): ModelItem {
  return {
    model,
    ...(provider === undefined ? {} : { provider }),
    inputTokens: tokens.input + tokens.cacheWrite,
    outputTokens: tokens.output,
    ...(tokens.cacheRead === 0 ? {} : { cachedTokens: tokens.cacheRead }),
  };
}

/**
 * What the AI SDK says of a call, in any of its forms: counts by kind (specifications V3 and V4), or flat ones (V2), in
 * which the input holds what was read from a cache. Undefined where it says nothing.
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
    return { input: Math.max(0, fresh), cacheRead: read, cacheWrite: written, output: spoken };
  }
  if (input === undefined && output === undefined) return undefined;
  const read = tokenCount(usage.cachedInputTokens);
  return {
    input: Math.max(0, tokenCount(input) - read),
    cacheRead: read,
    cacheWrite: 0,
    output: tokenCount(output),
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** A count as a library tells it; 0 for what is none. */
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
