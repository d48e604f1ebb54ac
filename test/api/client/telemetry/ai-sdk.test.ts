import type { LanguageModelV3, LanguageModelV4, LanguageModelV4CallOptions } from '@ai-sdk/provider';
import { ModelRefusedError, meterModel } from '@usagekit/server/client/telemetry';
import { describe, expect, it } from 'vitest';
import { charged, costOfRequest, meter, openHolds } from './metered-server.ts';

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
    expect(await charged()).toBe(costOfRequest);
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
    expect(await charged()).toBe(costOfRequest);
    const v2 = {
      ...v3,
      specificationVersion: 'v2',
      doGenerate: async () => ({ usage: { inputTokens: 30, outputTokens: 7, cachedInputTokens: 10 } }),
    };
    await meterModel(v2, meter).doGenerate();
    expect(await charged()).toBe(2 * costOfRequest);
  });

  it('is charged by the last counts of a stream that was read whole', async () => {
    const { stream } = await meterModel(new TestModel(), meter).doStream({ prompt });
    const seen: unknown[] = [];
    for await (const part of stream) seen.push(part);
    expect(seen).toEqual(parts);
    expect(await charged()).toBe(costOfRequest);
    expect(await openHolds()).toBe(0);
  });

  it('is charged by what had come of a stream that its reader leaves', async () => {
    const { stream } = await meterModel(new TestModel(), meter).doStream({ prompt });
    const reader = stream.getReader();
    for (let part = 0; part < 3; part += 1) await reader.read();
    await reader.cancel();
    // One token of prompt, and 19 characters or a part more of an answer.
    expect(await charged()).toBeGreaterThanOrEqual(1 + 2 * 5);
    expect(await charged()).toBeLessThan(costOfRequest);
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
