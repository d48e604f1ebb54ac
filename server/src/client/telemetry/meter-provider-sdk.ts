import { beginCall, type MeterOptions } from './metered-call.ts';
import {
  estimatedTokens,
  isRecord,
  type ModelTokens,
  modelItem,
  outputTokensEstimated,
  textIn,
  tokenCount,
  without,
} from './model-tokens.ts';

/** How one provider's library says what a call used. */
interface UsageReader {
  readonly provider: string;
  /** From an answer, or from one piece of a stream; undefined where it says nothing. Later pieces add to earlier ones. */
  tokensOf(answer: unknown, before: ModelTokens | undefined): ModelTokens | undefined;
  /** The text of a stream's piece, for the estimate of an abandoned stream. */
  textOf(piece: unknown): string;
  /** The call as it is sent on, and whether a piece is to be kept from the host. */
  prepare(call: Record<string, unknown>): { call: unknown; hides(piece: unknown): boolean };
}

const hidesNothing = () => false;

const openAi: UsageReader = {
  provider: 'openai',
  tokensOf(answer) {
    if (!isRecord(answer)) return undefined;
    const usage = isRecord(answer.response) ? answer.response.usage : answer.usage;
    if (!isRecord(usage)) return undefined;
    const input = tokenCount(usage.prompt_tokens ?? usage.input_tokens);
    const details = usage.prompt_tokens_details ?? usage.input_tokens_details;
    const ofInput = isRecord(details) ? details : {};
    const read = tokenCount(ofInput.cached_tokens);
    const [audioInput, imageInput] = [tokenCount(ofInput.audio_tokens), tokenCount(ofInput.image_tokens)];
    const output = tokenCount(usage.completion_tokens ?? usage.output_tokens);
    const outputDetails = usage.completion_tokens_details ?? usage.output_tokens_details;
    const ofOutput = isRecord(outputDetails) ? outputDetails : {};
    const reasoning = tokenCount(ofOutput.reasoning_tokens);
    const [audioOutput, imageOutput] = [tokenCount(ofOutput.audio_tokens), tokenCount(ofOutput.image_tokens)];
    return {
      // The library counts every kind within the whole. It does not tell of what kind those are that a cache gave.
      input: without(input, read, audioInput, imageInput),
      cacheRead: read,
      cacheWrite: 0,
      output: without(output, reasoning, audioOutput, imageOutput),
      reasoning,
      audioInput,
      audioOutput,
      imageInput,
      imageOutput,
    };
  },
  textOf(piece) {
    if (!isRecord(piece)) return '';
    if (typeof piece.delta === 'string') return piece.delta;
    const [choice] = Array.isArray(piece.choices) ? piece.choices : [];
    const delta = isRecord(choice) && isRecord(choice.delta) ? choice.delta : {};
    const calls = Array.isArray(delta.tool_calls) ? delta.tool_calls : [];
    // A call of a tool is output too, and may be the whole output.
    const asked = calls.map((call) =>
      isRecord(call) && isRecord(call.function) ? call.function.arguments : '',
    );
    return [delta.content, ...asked].filter((text) => typeof text === 'string').join('');
  },
  prepare(call) {
    // Chat completions count a stream only when they are asked to, in a last piece without choices.
    const isChatStream = call.stream === true && Array.isArray(call.messages);
    const asked = isRecord(call.stream_options) && call.stream_options.include_usage === true;
    if (!isChatStream || asked) return { call, hides: hidesNothing };
    const options = isRecord(call.stream_options) ? call.stream_options : {};
    return {
      call: { ...call, stream_options: { ...options, include_usage: true } },
      hides: (piece) =>
        isRecord(piece) &&
        Array.isArray(piece.choices) &&
        piece.choices.length === 0 &&
        isRecord(piece.usage),
    };
  },
};

const anthropic: UsageReader = {
  provider: 'anthropic',
  tokensOf(answer, before) {
    if (!isRecord(answer)) return undefined;
    const usage = isRecord(answer.message) ? answer.message.usage : answer.usage;
    if (!isRecord(usage)) return undefined;
    // A stream tells its input first and its output as it grows; what a later piece leaves out stays.
    const kept = (name: string, earlier: number | undefined) =>
      typeof usage[name] === 'number' ? tokenCount(usage[name]) : (earlier ?? 0);
    const written = kept('cache_creation_input_tokens', sumOf(before?.cacheWrite, before?.cacheWriteHour));
    const lifetimes = isRecord(usage.cache_creation) ? usage.cache_creation : {};
    const hour = Math.min(
      written,
      tokenCount(lifetimes.ephemeral_1h_input_tokens) || (before?.cacheWriteHour ?? 0),
    );
    return {
      input: kept('input_tokens', before?.input),
      cacheRead: kept('cache_read_input_tokens', before?.cacheRead),
      cacheWrite: without(written, hour),
      cacheWriteHour: hour,
      output: kept('output_tokens', before?.output),
    };
  },
  textOf(piece) {
    const delta = isRecord(piece) && isRecord(piece.delta) ? piece.delta : {};
    const text = delta.text ?? delta.thinking ?? delta.partial_json;
    return typeof text === 'string' ? text : '';
  },
  prepare: (call) => ({ call, hides: hidesNothing }),
};

/** Paths of the methods that ask a model. */
const openAiMethods = ['chat.completions.create', 'responses.create', 'embeddings.create'];
const anthropicMethods = ['messages.create', 'beta.messages.create'];

/**
 * The same client of OpenAI's library, whose `chat.completions.create`, `responses.create` and `embeddings.create` are metered, streams
 * too: set aside before, charged afterwards, as `meterModel` does it. A metered call gives a plain promise.
 *
 * @example
 * const openai = meterOpenAi(new OpenAI(), { usage, accountId: 'acme', memberId: 'ann' });
 */
export function meterOpenAi<Client extends object>(client: Client, options: MeterOptions): Client {
  return meteredAt(client, '', openAiMethods, openAi, options);
}

/** The same client of Anthropic's library, whose `messages.create` is metered, streams too; see `meterOpenAi`. */
export function meterAnthropic<Client extends object>(client: Client, options: MeterOptions): Client {
  return meteredAt(client, '', anthropicMethods, anthropic, options);
}

function meteredAt<Target extends object>(
  target: Target,
  path: string,
  methods: readonly string[],
  reader: UsageReader,
  options: MeterOptions,
): Target {
  return new Proxy(target, {
    get(of, name) {
      const value = Reflect.get(of, name, of);
      if (typeof name !== 'string') return value;
      const at = path === '' ? name : `${path}.${name}`;
      if (methods.includes(at) && typeof value === 'function')
        return metered(value.bind(of), reader, { ...options, answers: at !== 'embeddings.create' });
      const leadsThere = methods.some((method) => method.startsWith(`${at}.`));
      if (leadsThere && isRecord(value)) return meteredAt(value, at, methods, reader, options);
      return typeof value === 'function' ? value.bind(of) : value;
    },
  });
}

function metered(
  create: (call: unknown, ...rest: unknown[]) => unknown,
  reader: UsageReader,
  { answers, ...options }: MeterOptions & { readonly answers: boolean },
) {
  return async (given: Record<string, unknown>, ...rest: unknown[]) => {
    const modelId = options.model ?? String(given.model);
    const { provider = reader.provider, serviceTier } = options;
    const itemOf = (tokens: ModelTokens) => modelItem({ model: modelId, provider, serviceTier }, tokens);
    const estimate = estimateOf(given, answers);
    const begun = await beginCall(options, itemOf(estimate));
    const { call, hides } = reader.prepare(given);
    let answer: unknown;
    try {
      answer = await create(call, ...rest);
    } catch (error) {
      await begun.release();
      throw error;
    }
    if (!isStream(answer)) {
      await begun.settle(itemOf(reader.tokensOf(answer, undefined) ?? estimate));
      return answer;
    }

    let counted: ModelTokens | undefined;
    let spoken = '';
    const stream = answer;
    async function* pieces() {
      try {
        for await (const piece of stream) {
          counted = reader.tokensOf(piece, counted) ?? counted;
          spoken += reader.textOf(piece);
          if (!hides(piece)) yield piece;
        }
      } finally {
        // Here too where the host leaves the stream or it breaks: what came was used.
        const isNothing = counted === undefined && spoken === '';
        const soFar = counted ?? { ...estimate, output: 0 };
        // A stream that was left before its last count has said more than was counted.
        const output = soFar.output === 0 ? estimatedTokens(spoken) : soFar.output;
        await (isNothing ? begun.release() : begun.settle(itemOf({ ...soFar, output })));
      }
    }
    return new Proxy(stream, {
      get(of, name) {
        if (name === Symbol.asyncIterator) return pieces;
        const value = Reflect.get(of, name, of);
        return typeof value === 'function' ? value.bind(of) : value;
      },
    });
  };
}

function estimateOf(call: Record<string, unknown>, answers: boolean): ModelTokens {
  // A call with neither messages nor an output, such as an embedding, counts its input only.
  const bound = answers ? (call.max_completion_tokens ?? call.max_output_tokens ?? call.max_tokens) : 0;
  const prompt = textIn([call.messages, call.input, call.instructions, call.system]);
  return {
    input: estimatedTokens(prompt),
    cacheRead: 0,
    cacheWrite: 0,
    output: typeof bound === 'number' ? bound : outputTokensEstimated,
  };
}

function sumOf(...counts: readonly (number | undefined)[]): number {
  return counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

function isStream(value: unknown): value is AsyncIterable<unknown> & object {
  return isRecord(value) && Symbol.asyncIterator in value;
}
