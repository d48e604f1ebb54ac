import { meterOpenAi } from '@usagekit/server/client/telemetry';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { catalog, charged, costOfRequest, everyKind, openHolds, server, usage } from './metered-server.ts';

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
    expect(await charged()).toBe(costOfRequest);
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
    expect(await charged()).toBe(costOfRequest);
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
    expect(await charged()).toBe(costOfRequest);
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
    expect(await charged()).toBe(costOfRequest);
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
