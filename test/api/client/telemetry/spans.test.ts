import { createUsageSpanProcessor, type EndedSpan } from '@usagekit/server/client/telemetry';
import { describe, expect, it } from 'vitest';
import type { SpanAttributes } from '../../../../server/src/contract/events/gen-ai.ts';
import { charged, costOfRequest, everyKind, server, tokensUsed, usage } from './metered-server.ts';

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
    expect(await charged()).toBe(costOfRequest);
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
    [{ 'openai.request.service_tier': 'auto', 'openai.response.service_tier': 'batch' }, costOfRequest / 2],
    [{ 'gen_ai.openai.request.service_tier': 'batch' }, costOfRequest / 2],
    [{ 'openai.request.service_tier': 'batch', 'openai.response.service_tier': 'default' }, costOfRequest],
    [{ 'openai.request.service_tier': 'auto' }, costOfRequest],
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
    expect(await charged()).toBe(costOfRequest);
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
