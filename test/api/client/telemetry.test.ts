import type { LanguageModelV3, LanguageModelV4, LanguageModelV4CallOptions } from '@ai-sdk/provider';
import { createUsageKitClient, type UsageKitClient } from '@usagekit/server/client';
import {
  createUsageSpanProcessor,
  type EndedSpan,
  type MeterOptions,
  ModelRefusedError,
  meterAnthropic,
  meterModel,
  meterOpenAi,
} from '@usagekit/server/client/telemetry';
import type { Credits, Hold, Page, Usage } from '@usagekit/server/contract';
import OpenAI from 'openai';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SpanAttributes } from '../../../server/src/contract/events/gen-ai.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer, secretKey, type TestServer } from '../support/test-server.ts';

/** One credit for each token of input, two for each of output, so that what was counted can be read from the charge. */
const catalog = {
  ...smallCatalogConfig,
  models: ['gpt-test', 'claude-test'].map((id) => ({
    id,
    label: id,
    provider: id === 'gpt-test' ? 'openai' : 'anthropic',
    tier: 'light',
    prices: [{ input: { amount: '1' }, output: { amount: '2' }, cached: { amount: '0.5' } }],
  })),
};

/** The same with a rate for every kind that the libraries tell apart. */
const everyKind = {
  ...catalog,
  models: catalog.models.map((model) => ({
    ...model,
    prices: model.prices.map((price) => ({
      ...price,
      cacheWrite: { amount: '5' },
      cacheWriteHour: { amount: '7' },
      reasoning: { amount: '3' },
      audioInput: { amount: '10' },
      audioOutput: { amount: '20' },
      serviceTiers: { batch: '0.5' },
    })),
  })),
};

let server: TestServer;
let usage: UsageKitClient;
let meter: MeterOptions;

beforeEach(async () => {
  server = createTestServer({ catalog });
  await server.account('acme', { planId: 'pro' });
  await server.member('acme', 'ann');
  await server.post('/v1/accounts/acme/grants', { amount: '9000' });
  usage = createUsageKitClient({
    url: 'http://usage.test',
    key: secretKey,
    fetch: async (input, init) => server.app.fetch(new Request(input, init)),
  });
  meter = { usage, accountId: 'acme', memberId: 'ann', model: 'gpt-test', provider: 'openai' };
});

async function charged(): Promise<number> {
  const { body } = await server.get<Credits>('/v1/accounts/acme/credits');
  return 10_000 - Number(body.available) - Number(body.held);
}

async function openHolds(): Promise<number> {
  const { body } = await server.get<Page<Hold>>('/v1/holds?accountId=acme');
  return body.items.filter(({ status }) => status === 'open').length;
}

async function tokensUsed() {
  const { body } = await server.get<Usage>('/v1/accounts/acme/usage');
  return body.groups.flatMap(({ meters }) => meters).find(({ metric }) => metric === 'tokens')?.used;
}

const usageV4 = {
  inputTokens: { total: 30, noCache: 20, cacheRead: 10, cacheWrite: 0 },
  outputTokens: { total: 7, text: 5, reasoning: 2 },
};
const finishReason = { unified: 'stop' as const, raw: 'stop' };
const answerV4 = {
  content: [{ type: 'text' as const, text: 'Hello' }],
  finishReason,
  usage: usageV4,
  warnings: [],
};
/** 20 of input, 10 read from a cache at half, 7 of output at two. */
const costV4 = 20 + 5 + 14;

const prompt: LanguageModelV4CallOptions['prompt'] = [
  { role: 'user', content: [{ type: 'text', text: 'Hi!!' }] },
];

const parts = [
  { type: 'stream-start' as const, warnings: [] },
  { type: 'text-start' as const, id: '1' },
  { type: 'text-delta' as const, id: '1', delta: 'One two three four.' },
  { type: 'text-delta' as const, id: '1', delta: ' Five six seven eight.' },
  { type: 'text-end' as const, id: '1' },
  { type: 'finish' as const, finishReason, usage: usageV4 },
];

/** A model as a provider of the AI SDK makes it: an instance whose state is its own. */
class TestModel implements LanguageModelV4 {
  readonly specificationVersion = 'v4';
  readonly provider = 'openai.chat';
  readonly modelId = 'gpt-test';
  readonly supportedUrls = {};
  readonly #calls: LanguageModelV4CallOptions[] = [];
  readonly #fails: boolean;

  constructor({ fails = false } = {}) {
    this.#fails = fails;
  }

  get callCount(): number {
    return this.#calls.length;
  }

  async doGenerate(call: LanguageModelV4CallOptions) {
    this.#take(call);
    return answerV4;
  }

  async doStream(call: LanguageModelV4CallOptions) {
    this.#take(call);
    return { stream: streamOf(parts) };
  }

  #take(call: LanguageModelV4CallOptions): void {
    this.#calls.push(call);
    if (this.#fails) throw new Error('overloaded');
  }
}

/** One part each time that the reader asks. */
function streamOf<Part>(given: readonly Part[]): ReadableStream<Part> {
  const left = [...given];
  return new ReadableStream({
    pull(controller) {
      const next = left.shift();
      if (next === undefined) controller.close();
      else controller.enqueue(next);
    },
  });
}

describe('F16: a model of the AI SDK, metered with one line', () => {
  it('is charged what it used, by the counts of specification V4', async () => {
    const { content } = await meterModel(new TestModel(), meter).doGenerate({ prompt });
    expect(content).toEqual([{ type: 'text', text: 'Hello' }]);
    expect(await charged()).toBe(costV4);
    expect(await openHolds()).toBe(0);
  });

  it('is charged by the counts of specifications V3 and V2', async () => {
    const v3: LanguageModelV3 = {
      specificationVersion: 'v3',
      provider: 'openai.chat',
      modelId: 'gpt-test',
      supportedUrls: {},
      doGenerate: async () => answerV4,
      doStream: async () => ({ stream: streamOf([]) }),
    };
    await meterModel(v3, meter).doGenerate({ prompt: [] });
    expect(await charged()).toBe(costV4);
    const v2 = {
      ...v3,
      specificationVersion: 'v2',
      doGenerate: async () => ({ usage: { inputTokens: 30, outputTokens: 7, cachedInputTokens: 10 } }),
    };
    await meterModel(v2, meter).doGenerate();
    expect(await charged()).toBe(2 * costV4);
  });

  it('is charged by the last counts of a stream that was read whole', async () => {
    const { stream } = await meterModel(new TestModel(), meter).doStream({ prompt });
    const seen: unknown[] = [];
    for await (const part of stream) seen.push(part);
    expect(seen).toEqual(parts);
    expect(await charged()).toBe(costV4);
    expect(await openHolds()).toBe(0);
  });

  it('is charged by what had come of a stream that its reader leaves', async () => {
    const { stream } = await meterModel(new TestModel(), meter).doStream({ prompt });
    const reader = stream.getReader();
    for (let part = 0; part < 3; part += 1) await reader.read();
    await reader.cancel();
    // One token of prompt, and 19 characters or a part more of an answer.
    expect(await charged()).toBeGreaterThanOrEqual(1 + 2 * 5);
    expect(await charged()).toBeLessThan(costV4);
    expect(await openHolds()).toBe(0);
  });

  it('costs nothing where the model fails', async () => {
    const metered = meterModel(new TestModel({ fails: true }), meter);
    await expect(metered.doGenerate({ prompt })).rejects.toThrow('overloaded');
    await expect(metered.doStream({ prompt })).rejects.toThrow('overloaded');
    expect(await charged()).toBe(0);
    expect(await openHolds()).toBe(0);
  });

  it('is not asked where the gate refuses', async () => {
    const model = new TestModel();
    const asked = meterModel(model, meter).doGenerate({ prompt, maxOutputTokens: 6_000 });
    await expect(asked).rejects.toThrow(ModelRefusedError);
    await expect(asked).rejects.toMatchObject({
      refused: { allowed: false, status: 402, refusal: { reason: 'insufficient_credits' } },
    });
    expect(model.callCount).toBe(0);
  });

  it('stays the model that it was for everything else', () => {
    const metered = meterModel(new TestModel(), meter);
    expect([metered.provider, metered.modelId, metered.callCount]).toEqual(['openai.chat', 'gpt-test', 0]);
    expect(metered).toBeInstanceOf(TestModel);
  });
});

/** A provider's HTTP API that gives one answer: JSON, or the pieces of a stream. */
function answering(answer: object | object[]): typeof fetch {
  return async () => {
    if (!Array.isArray(answer)) return Response.json(answer);
    const pieces = answer.map((piece) => `data: ${JSON.stringify(piece)}\n\n`).join('');
    return new Response(`${pieces}data: [DONE]\n\n`, { headers: { 'Content-Type': 'text/event-stream' } });
  };
}

describe('F16: the library of OpenAI, metered', () => {
  const openAi = (fetch: typeof globalThis.fetch) =>
    meterOpenAi(new OpenAI({ apiKey: 'none', fetch, maxRetries: 0 }), { usage, accountId: 'acme' });
  const chatUsage = {
    prompt_tokens: 30,
    completion_tokens: 7,
    total_tokens: 37,
    prompt_tokens_details: { cached_tokens: 10 },
  };
  const messages = [{ role: 'user' as const, content: 'Hi' }];

  it('a chat completion is charged by its counts, cached tokens at their rate', async () => {
    const client = openAi(
      answering({
        id: 'c1',
        object: 'chat.completion',
        choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } }],
        usage: chatUsage,
      }),
    );
    const { choices } = await client.chat.completions.create({ model: 'gpt-test', messages });
    expect(choices[0]?.message.content).toBe('Hello');
    expect(await charged()).toBe(costV4);
  });

  it('a stream is charged by its last piece, which the host does not see unless it asked', async () => {
    const delta = (content: string) => ({ id: 'c1', choices: [{ index: 0, delta: { content } }] });
    const client = openAi(
      answering([delta('Hel'), delta('lo'), { id: 'c1', choices: [], usage: chatUsage }]),
    );
    const stream = await client.chat.completions.create({ model: 'gpt-test', messages, stream: true });
    const seen: (string | null | undefined)[] = [];
    for await (const piece of stream) seen.push(piece.choices[0]?.delta.content);
    expect(seen).toEqual(['Hel', 'lo']);
    expect(await charged()).toBe(costV4);
  });

  it('a stream that is left is charged by what had come', async () => {
    const delta = (content: string) => ({ id: 'c1', choices: [{ index: 0, delta: { content } }] });
    const client = openAi(
      answering([delta('12345678'), delta('1234'), { id: 'c1', choices: [], usage: chatUsage }]),
    );
    const stream = await client.chat.completions.create({ model: 'gpt-test', messages, stream: true });
    for await (const _ of stream) break;
    expect(await charged()).toBe(1 + 2 * 2);
    expect(await openHolds()).toBe(0);
  });

  it('a stream that is left in the middle of a call of a tool is charged by the arguments that had come', async () => {
    const call = (name: string | undefined, text: string) => ({
      id: 'c1',
      choices: [
        { index: 0, delta: { tool_calls: [{ index: 0, id: 't1', function: { name, arguments: text } }] } },
      ],
    });
    const client = openAi(answering([call('find', '{"q":"ab'), call(undefined, 'c"}')]));
    const stream = await client.chat.completions.create({ model: 'gpt-test', messages, stream: true });
    for await (const piece of stream) {
      expect(piece.choices[0]?.delta.tool_calls?.[0]?.function?.name).toBe('find');
      break;
    }
    expect(await charged()).toBe(1 + 2 * 2);
    expect(await openHolds()).toBe(0);
  });

  it('a call of a tool reaches the host whole, and is charged by its counts', async () => {
    const tool_calls = [{ id: 't1', type: 'function', function: { name: 'find', arguments: '{"q":"abc"}' } }];
    const client = openAi(
      answering({
        id: 'c1',
        object: 'chat.completion',
        choices: [
          {
            index: 0,
            finish_reason: 'tool_calls',
            message: { role: 'assistant', content: null, tool_calls },
          },
        ],
        usage: chatUsage,
      }),
    );
    const { choices } = await client.chat.completions.create({ model: 'gpt-test', messages });
    expect(choices[0]?.message.tool_calls).toEqual(tool_calls);
    expect(await charged()).toBe(costV4);
  });

  it('a response is charged by its counts', async () => {
    const client = openAi(
      answering({
        id: 'r1',
        object: 'response',
        output: [],
        usage: { input_tokens: 30, output_tokens: 7, input_tokens_details: { cached_tokens: 10 } },
      }),
    );
    await client.responses.create({ model: 'gpt-test', input: 'Hi' });
    expect(await charged()).toBe(costV4);
  });

  it('F25: reasoning, audio and the service tier are charged at their own rates', async () => {
    await server.put('/v1/catalog', everyKind);
    const client = meterOpenAi(
      {
        chat: {
          completions: {
            create: async (_call: object) => ({
              usage: {
                prompt_tokens: 30,
                completion_tokens: 20,
                prompt_tokens_details: { cached_tokens: 10, audio_tokens: 4 },
                completion_tokens_details: { reasoning_tokens: 5, audio_tokens: 3 },
              },
            }),
          },
        },
      },
      { usage, accountId: 'acme', serviceTier: 'batch' },
    );
    await client.chat.completions.create({ model: 'gpt-test', messages });
    // 16 of input, 10 cached at half, 4 of audio at ten; 12 of output at two, 5 of reasoning at three, 3 of audio at twenty; half of it.
    expect(await charged()).toBe((16 + 5 + 40 + 24 + 15 + 60) / 2);
  });

  it('F25: an embedding is set aside for its input alone, so that a model without a price of output passes', async () => {
    const embeddings = [{ ...catalog.models[0], prices: [{ input: { amount: '1' } }] }];
    await server.put('/v1/catalog', { ...catalog, models: embeddings });
    const client = openAi(
      answering({
        object: 'list',
        data: [{ object: 'embedding', index: 0, embedding: [] }],
        usage: { prompt_tokens: 8, total_tokens: 8 },
      }),
    );
    await client.embeddings.create({ model: 'gpt-test', input: 'Hi', encoding_format: 'float' });
    expect(await charged()).toBe(8);
  });

  it('an error of the provider costs nothing', async () => {
    const client = openAi(async () => Response.json({ error: { message: 'no' } }, { status: 500 }));
    await expect(client.chat.completions.create({ model: 'gpt-test', messages })).rejects.toThrow();
    expect(await charged()).toBe(0);
    expect(await openHolds()).toBe(0);
  });

  it('what is not metered goes on as it was', async () => {
    const client = openAi(answering({ object: 'list', data: [{ id: 'gpt-test', object: 'model' }] }));
    const ids: string[] = [];
    for await (const { id } of await client.models.list()) ids.push(id);
    expect(ids).toEqual(['gpt-test']);
  });
});

describe('F16: the library of Anthropic, metered', () => {
  /** The part of Anthropic's client that is metered: messages, whole or as a stream of events. */
  const anthropic = (answer: object | object[]) =>
    meterAnthropic(
      { messages: { create: async (_call: object) => (Array.isArray(answer) ? eventsOf(answer) : answer) } },
      { usage, accountId: 'acme' },
    );
  async function* eventsOf(events: object[]) {
    yield* events;
  }
  const ask = { model: 'claude-test', max_tokens: 100, messages: [{ role: 'user' as const, content: 'Hi' }] };

  it('a message is charged by its counts, which tell cached tokens beside the input', async () => {
    const client = anthropic({
      id: 'm1',
      type: 'message',
      role: 'assistant',
      content: [{ type: 'text', text: 'Hello' }],
      usage: {
        input_tokens: 20,
        cache_read_input_tokens: 10,
        cache_creation_input_tokens: 0,
        output_tokens: 7,
      },
    });
    await client.messages.create(ask);
    expect(await charged()).toBe(costV4);
  });

  it('F25: what was written to a cache is charged by its lifetime, in a stream too', async () => {
    await server.put('/v1/catalog', everyKind);
    const counts = {
      input_tokens: 20,
      cache_read_input_tokens: 10,
      cache_creation_input_tokens: 12,
      cache_creation: { ephemeral_5m_input_tokens: 8, ephemeral_1h_input_tokens: 4 },
      output_tokens: 1,
    };
    // 20 of input, 10 read at half, 8 written at five, 4 for an hour at seven, 7 of output at two.
    const cost = 20 + 5 + 40 + 28 + 14;
    await anthropic({ usage: { ...counts, output_tokens: 7 } }).messages.create(ask);
    expect(await charged()).toBe(cost);
    const stream = await anthropic([
      { type: 'message_start', message: { usage: counts } },
      { type: 'message_delta', delta: {}, usage: { output_tokens: 7 } },
    ]).messages.create({ ...ask, stream: true });
    for await (const _ of stream as AsyncIterable<unknown>);
    expect(await charged()).toBe(2 * cost);
  });

  it('a stream is charged by its first and its last counts', async () => {
    const client = anthropic([
      {
        type: 'message_start',
        message: { usage: { input_tokens: 20, cache_read_input_tokens: 10, output_tokens: 1 } },
      },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hello' } },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 7 } },
      { type: 'message_stop' },
    ]);
    const stream = await client.messages.create({ ...ask, stream: true });
    const seen: unknown[] = [];
    for await (const event of stream as AsyncIterable<unknown>) seen.push(event);
    expect(seen).toHaveLength(4);
    expect(await charged()).toBe(costV4);
  });
});

describe('F16: spans of OpenTelemetry', () => {
  const genAi = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'gpt-test',
    'gen_ai.usage.input_tokens': 30,
    'gen_ai.usage.output_tokens': 7,
    'gen_ai.usage.cache_read.input_tokens': 10,
  };

  let spans = 0;

  /** A span that has ended, with those parts of OpenTelemetry's `ReadableSpan` that the processor reads. */
  function spanOf(attributes: SpanAttributes, resource: SpanAttributes = {}): EndedSpan {
    spans += 1;
    const spanId = String(spans).padStart(16, '0');
    return {
      attributes,
      resource: { attributes: resource },
      endTime: [Math.floor(server.clock.nowMs() / 1_000), 5_000_000],
      spanContext: () => ({ traceId: '0af7651916cd43dd8448eb211c80319c', spanId }),
    };
  }

  it('become usage of the account that they name, once, with what the resource says', async () => {
    const errors: unknown[] = [];
    const processor = createUsageSpanProcessor({ usage, onError: (error) => errors.push(error) });
    const asked = spanOf({ ...genAi, 'usagekit.member.id': 'ann' }, { 'usagekit.account.id': 'acme' });
    processor.onEnd(asked);
    processor.onEnd(asked);
    processor.onEnd(
      spanOf({ ...genAi, 'gen_ai.operation.name': 'invoke_agent', 'usagekit.account.id': 'acme' }),
    );
    processor.onEnd(spanOf({ 'http.request.method': 'GET', 'usagekit.account.id': 'acme' }));
    await processor.forceFlush();
    expect(errors).toEqual([]);
    expect(await charged()).toBe(costV4);
    expect(await tokensUsed()).toBe('37');
  });

  it('F25: name what was written to a cache, reasoning and audio, each at its own rate', async () => {
    await server.put('/v1/catalog', everyKind);
    const processor = createUsageSpanProcessor({ usage, accountOf: () => 'acme' });
    processor.onEnd(
      spanOf({
        ...genAi,
        'gen_ai.usage.cache_creation.input_tokens': 6,
        'gen_ai.usage.reasoning.output_tokens': 2,
        'gen_ai.usage.details.input_audio_tokens': 3,
        'gen_ai.usage.details.output_audio_tokens': 1,
      }),
    );
    await processor.shutdown();
    // Of 30: 11, 10 read at half, 6 written at five, 3 of audio at ten. Of 7: 4 at two, 2 of reasoning at three, 1 of audio at twenty.
    expect(await charged()).toBe(11 + 5 + 30 + 30 + 8 + 6 + 20);
    expect(await tokensUsed()).toBe('37');
  });

  it.each([
    // As it was served, whatever was asked for.
    [{ 'openai.request.service_tier': 'auto', 'openai.response.service_tier': 'batch' }, costV4 / 2],
    [{ 'gen_ai.openai.request.service_tier': 'batch' }, costV4 / 2],
    [{ 'openai.request.service_tier': 'batch', 'openai.response.service_tier': 'default' }, costV4],
    [{ 'openai.request.service_tier': 'auto' }, costV4],
    // A tier without a factor has no price: it is counted, and charged once the catalog has one.
    [{ 'openai.response.service_tier': 'priority' }, 0],
  ])('F25: are charged by the service tier that they name: %j', async (tier, cost) => {
    await server.put('/v1/catalog', everyKind);
    const processor = createUsageSpanProcessor({ usage, accountOf: () => 'acme' });
    processor.onEnd(spanOf({ ...genAi, ...tier }));
    await processor.shutdown();
    expect(await charged()).toBe(cost);
    expect(await tokensUsed()).toBe('37');
  });

  it.each([
    [4, 2 * 5 + 4 * 7],
    [6, 6 * 7],
    // More than was written at all is no count of a part.
    [9, 6 * 7],
  ])(
    'F25: tell what was written to a cache for an hour from what was for minutes: %i',
    async (hour, written) => {
      await server.put('/v1/catalog', everyKind);
      const processor = createUsageSpanProcessor({ usage, accountOf: () => 'acme' });
      processor.onEnd(
        spanOf({
          ...genAi,
          'gen_ai.usage.cache_creation.input_tokens': 6,
          'gen_ai.usage.cache_creation.ephemeral_1h_input_tokens': hour,
        }),
      );
      await processor.shutdown();
      // Of 30: 14, 10 read at half, and 6 written. 7 of output at two.
      expect(await charged()).toBe(14 + 5 + 14 + written);
    },
  );

  it('are left out where nobody is named, and reported where the host knows who', async () => {
    const unnamed = createUsageSpanProcessor({ usage });
    unnamed.onEnd(spanOf(genAi));
    await unnamed.shutdown();
    expect(await charged()).toBe(0);
    const named = createUsageSpanProcessor({ usage, accountOf: () => 'acme' });
    named.onEnd(spanOf(genAi));
    await named.shutdown();
    expect(await charged()).toBe(costV4);
  });

  it('are told to the host where they could not be reported', async () => {
    const lost: number[] = [];
    const failing = { reportEvents: () => Promise.reject(new Error('away')) };
    const processor = createUsageSpanProcessor({
      usage: failing,
      accountOf: () => 'acme',
      onError: (_, events) => lost.push(events.length),
    });
    processor.onEnd(spanOf(genAi));
    await processor.forceFlush();
    expect(lost).toEqual([1]);
  });
});
