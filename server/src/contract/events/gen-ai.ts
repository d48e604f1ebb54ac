import type { Dimensions, ModelItem } from '../gate/gate.ts';

/** A span's attribute as OpenTelemetry's JavaScript API has it. */
export type SpanAttribute = string | number | boolean | bigint | null | undefined | readonly unknown[];
export type SpanAttributes = Readonly<Record<string, SpanAttribute>>;

/** Attributes of ours that say whose use a span is; on the span itself or on its resource. */
export const spanAttributes = {
  accountId: 'usagekit.account.id',
  memberId: 'usagekit.member.id',
  agentId: 'usagekit.agent.id',
  projectId: 'usagekit.project.id',
  workspaceId: 'usagekit.workspace.id',
  taskId: 'usagekit.task.id',
  apiKeyId: 'usagekit.api_key.id',
  category: 'usagekit.category',
  source: 'usagekit.source',
} as const;

/** The id of the event that a span becomes, wherever it is read, so that it is charged once. */
export function spanEventId(traceId: string, spanId: string): string {
  return `span-${traceId}-${spanId}`;
}

/** Operations of a model; a span of another kind, such as an agent's around its models, would count the same tokens twice. */
const modelOperations = new Set(['chat', 'text_completion', 'generate_content', 'embeddings']);

/** The providers' names of the tier that has no price of its own. */
const usualTiers = new Set(['default', 'auto', 'standard']);

/** A span's account of one request to a model. */
export interface SpanUse {
  readonly accountId: string | undefined;
  readonly dimensions: Dimensions;
  readonly item: ModelItem;
}

/**
 * The use that a span with `gen_ai.*` attributes amounts to, by OpenTelemetry's semantic conventions for generative AI, old
 * names included (https://opentelemetry.io/docs/specs/semconv/gen-ai/). Undefined for a span of anything else. `inherited` is the
 * resource's attributes, which hold where the span's own say nothing.
 */
export function spanUseOf(attributes: SpanAttributes, inherited: SpanAttributes = {}): SpanUse | undefined {
  const operation = textOf(attributes, 'gen_ai.operation.name');
  const model = textOf(attributes, 'gen_ai.response.model') ?? textOf(attributes, 'gen_ai.request.model');
  if (model === undefined || (operation !== undefined && !modelOperations.has(operation))) return undefined;
  const input = countOf(attributes, 'gen_ai.usage.input_tokens', 'gen_ai.usage.prompt_tokens');
  const output = countOf(attributes, 'gen_ai.usage.output_tokens', 'gen_ai.usage.completion_tokens');
  const cached = countOf(
    attributes,
    'gen_ai.usage.cache_read.input_tokens',
    'gen_ai.usage.cached_tokens',
    'gen_ai.usage.details.cache_read_tokens',
  );
  const written = countOf(
    attributes,
    'gen_ai.usage.cache_creation.input_tokens',
    'gen_ai.usage.details.cache_write_tokens',
  );
  // The conventions do not tell lifetimes apart; this is how instrumentations of Anthropic's clients name the longer one.
  const writtenForAnHour = Math.min(
    countOf(attributes, 'gen_ai.usage.cache_creation.ephemeral_1h_input_tokens'),
    written,
  );
  const reasoning = countOf(
    attributes,
    'gen_ai.usage.reasoning.output_tokens',
    'gen_ai.usage.reasoning_tokens',
    'gen_ai.usage.details.reasoning_tokens',
  );
  const audioInput = countOf(attributes, 'gen_ai.usage.details.input_audio_tokens');
  const audioOutput = countOf(attributes, 'gen_ai.usage.details.output_audio_tokens');
  const counted = input + output + cached + written + reasoning + audioInput + audioOutput;
  // A call that failed before it used anything costs nothing; one that was cut costs what had come.
  if (counted === 0 && textOf(attributes, 'error.type') !== undefined) return undefined;
  const tier =
    textOf(attributes, 'openai.response.service_tier') ??
    textOf(attributes, 'gen_ai.openai.response.service_tier');
  const provider = textOf(attributes, 'gen_ai.provider.name') ?? textOf(attributes, 'gen_ai.system');
  const serviceTier = serviceTierOf(attributes);
  const all = { ...inherited, ...attributes };
  const dimensions: Dimensions = {};
  for (const [dimension, name] of Object.entries(spanAttributes)) {
    const value = textOf(all, name);
    if (dimension !== 'accountId' && value !== undefined) dimensions[dimension as keyof Dimensions] = value;
  }
  return {
    accountId: textOf(all, spanAttributes.accountId),
    dimensions,
    item: {
      model,
      ...(provider === undefined ? {} : { provider }),
      ...(serviceTier === undefined ? {} : { serviceTier }),
      // In the conventions, input and output include every kind; an item counts the kinds separately.
      inputTokens: Math.max(0, input - cached - written - audioInput),
      outputTokens: Math.max(0, output - reasoning - audioOutput),
      ...(cached === 0 ? {} : { cachedTokens: cached }),
      ...(written === writtenForAnHour ? {} : { cacheWriteTokens: written - writtenForAnHour }),
      ...(writtenForAnHour === 0 ? {} : { cacheWriteHourTokens: writtenForAnHour }),
      ...(reasoning === 0 ? {} : { reasoningTokens: reasoning }),
      ...(audioInput === 0 ? {} : { audioInputTokens: audioInput }),
      ...(audioOutput === 0 ? {} : { audioOutputTokens: audioOutput }),
      ...(tier === undefined || usualTiers.has(tier) ? {} : { serviceTier: tier }),
    },
  };
}

/** How OpenAI served the request, or else how it was asked to; an older name of each comes second. */
const serviceTierNames = [
  'openai.response.service_tier',
  'gen_ai.openai.response.service_tier',
  'openai.request.service_tier',
  'gen_ai.openai.request.service_tier',
];
/** The names of the ordinary price, and `auto`: the provider chooses the tier and does not say which. */
const ordinaryTiers = new Set(['auto', 'default', 'standard']);

/** Undefined for the ordinary one. */
function serviceTierOf(attributes: SpanAttributes): string | undefined {
  for (const name of serviceTierNames) {
    const tier = textOf(attributes, name);
    if (tier !== undefined) return ordinaryTiers.has(tier) ? undefined : tier;
  }
  return undefined;
}

function textOf(attributes: SpanAttributes, name: string): string | undefined {
  const value = attributes[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A count is whole and not negative; a 64-bit one comes as text or as a bigint. */
function countOf(attributes: SpanAttributes, ...names: string[]): number {
  for (const name of names) {
    const value = attributes[name];
    if (value === undefined || value === null) continue;
    const count = Number(value);
    if (Number.isSafeInteger(count) && count >= 0) return count;
  }
  return 0;
}
