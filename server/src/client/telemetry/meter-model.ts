import type { ModelItem } from '../../contract/gate/gate.ts';
import { beginCall, type MeteredCall, type MeterOptions } from './metered-call.ts';
import {
  estimatedTokens,
  isRecord,
  type ModelTokens,
  modelItem,
  outputTokensEstimated,
  textIn,
  tokensOfAiSdk,
} from './model-tokens.ts';

/** A language model of the AI SDK, in structure: specifications V2, V3 and V4. */
export interface AiSdkModel {
  /** The version of the AI SDK's interface. */
  readonly specificationVersion: string;
  /** The provider, as the catalog may name it. */
  readonly provider: string;
  /** The provider's name of the model, which the catalog has as an id or alias. */
  readonly modelId: string;
  /** Answers as a whole. */
  doGenerate(options: never): PromiseLike<{ usage?: unknown }>;
  /** Answers in parts; the last one tells the usage. */
  doStream(options: never): PromiseLike<{ stream: ReadableStream<unknown> }>;
}

/**
 * The same model, metered: what a call may cost is set aside before the model is asked, and what it did cost is charged
 * afterwards. A call that fails gives everything back. A stream that its reader leaves is charged by what had come until then:
 * by the provider's counts where they came, else by an estimate of four characters a token.
 *
 * A refusal throws `ModelRefusedError` before the model is asked.
 *
 * @example
 * const { text } = await generateText({
 *   model: meterModel(anthropic('claude-sonnet-4-5'), { usage, accountId: 'acme', memberId: 'ann' }),
 *   prompt,
 * });
 */
export function meterModel<Model extends AiSdkModel>(model: Model, options: MeterOptions): Model {
  const asked = model as unknown as {
    doGenerate(call: unknown): PromiseLike<{ usage?: unknown }>;
    doStream(call: unknown): PromiseLike<{ stream: ReadableStream<unknown> }>;
  };
  const modelId = options.model ?? model.modelId;
  // The SDK's provider is such as `anthropic.messages`; a catalog names `anthropic`.
  const provider = options.provider ?? model.provider.split('.')[0];
  const { serviceTier } = options;
  const itemOf = (tokens: ModelTokens) => modelItem({ model: modelId, provider, serviceTier }, tokens);

  const metered = {
    async doGenerate(call: unknown) {
      const begun = await beginCall(options, itemOf(estimateOf(call)));
      try {
        const result = await asked.doGenerate(call);
        await begun.settle(itemOf(tokensOfAiSdk(result.usage) ?? estimateOf(call)));
        return result;
      } catch (error) {
        await begun.release();
        throw error;
      }
    },
    async doStream(call: unknown) {
      const begun = await beginCall(options, itemOf(estimateOf(call)));
      try {
        const result = await asked.doStream(call);
        return { ...result, stream: meteredStream(result.stream, begun, promptTokensOf(call), itemOf) };
      } catch (error) {
        await begun.release();
        throw error;
      }
    },
  };
  // A model is often an instance with private fields, so everything else is asked of the model itself.
  return new Proxy(model, {
    get(target, name) {
      if (name === 'doGenerate' || name === 'doStream') return metered[name];
      const value = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function meteredStream(
  stream: ReadableStream<unknown>,
  begun: MeteredCall,
  promptTokens: number,
  itemOf: (tokens: ModelTokens) => ModelItem,
): ReadableStream<unknown> {
  const reader = stream.getReader();
  let spoken = '';
  let counted: ModelTokens | undefined;
  const soFar = () =>
    itemOf(counted ?? { input: promptTokens, cacheRead: 0, cacheWrite: 0, output: estimatedTokens(spoken) });

  return new ReadableStream({
    async pull(controller) {
      let next: Awaited<ReturnType<typeof reader.read>>;
      try {
        next = await reader.read();
      } catch (error) {
        // The received part was used, whatever broke afterwards.
        if (spoken === '' && counted === undefined) await begun.release();
        else await begun.settle(soFar());
        throw error;
      }
      if (next.done) {
        await begun.settle(soFar());
        controller.close();
        return;
      }
      const part = next.value;
      if (isRecord(part)) {
        if (typeof part.delta === 'string') spoken += part.delta;
        if (part.type === 'finish') counted = tokensOfAiSdk(part.usage) ?? counted;
      }
      controller.enqueue(part);
    },
    async cancel(reason) {
      await Promise.all([reader.cancel(reason), begun.settle(soFar())]);
    },
  });
}

/** The amount to hold for a call: its prompt, and the longest output that it allows. */
function estimateOf(call: unknown): ModelTokens {
  const bound =
    isRecord(call) && typeof call.maxOutputTokens === 'number' ? call.maxOutputTokens : outputTokensEstimated;
  return { input: promptTokensOf(call), cacheRead: 0, cacheWrite: 0, output: bound };
}

function promptTokensOf(call: unknown): number {
  return isRecord(call) ? estimatedTokens(textIn(call.prompt)) : 0;
}
