import { meterAnthropic } from '@usagekit/server/client/telemetry';
import { describe, expect, it } from 'vitest';
import { charged, costOfRequest, everyKind, server, usage } from './metered-server.ts';

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

  it('a message is charged by its counts, which tell cached tokens apart from the input', async () => {
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
    expect(await charged()).toBe(costOfRequest);
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
    expect(await charged()).toBe(costOfRequest);
  });
});
