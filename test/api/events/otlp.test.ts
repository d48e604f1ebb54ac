import { gzipSync } from 'node:zlib';
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { createUsageKitClient } from '@usagekit/server/client';
import { createUsageSpanProcessor, type EndedSpan } from '@usagekit/server/client/telemetry';
import { apiBounds, type Credits, type EventsAnswer } from '@usagekit/server/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import fc from '../../support/fast-check.ts';
import { type ServedApp, serveApp } from '../../support/serve-app.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer, secretKey, type TestServer } from '../support/test-server.ts';

/** One credit for each token of input, two for each of output. */
const catalog = {
  ...smallCatalogConfig,
  models: [
    {
      id: 'gpt-test',
      label: 'gpt-test',
      provider: 'openai',
      tier: 'light',
      prices: [
        {
          input: { amount: '1' },
          output: { amount: '2' },
          cached: { amount: '0.5' },
          serviceTiers: { batch: '0.5' },
        },
      ],
    },
  ],
};
const genAi = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-test',
  'gen_ai.usage.input_tokens': 30,
  'gen_ai.usage.cache_read.input_tokens': 10,
  'gen_ai.usage.output_tokens': 7,
};
/** Of 30, 10 were read at half; 7 at two. */
const cost = 20 + 5 + 14;
const address = '/v1/otlp/v1/traces';

let server: TestServer;
let served: ServedApp;

beforeEach(async () => {
  server = createTestServer({ catalog });
  await server.account('acme', { planId: 'pro' });
  await server.post('/v1/accounts/acme/grants', { amount: '9000' });
  served = await serveApp(server.app);
});
afterEach(() => served.close());

async function charged(): Promise<number> {
  const { body } = await server.get<Credits>('/v1/accounts/acme/credits');
  return 10_000 - Number(body.available);
}

/** A span as OTLP has it in JSON, which ended at the server's time. */
function spanOf(attributes: Record<string, string | number>, change: object = {}) {
  return {
    traceId: '0AF7651916CD43DD8448EB211C80319C',
    spanId: 'B7AD6B7169203331',
    name: 'chat gpt-test',
    endTimeUnixNano: `${server.clock.nowMs()}000001`,
    attributes: Object.entries(attributes).map(([key, value]) => ({
      key,
      value: typeof value === 'string' ? { stringValue: value } : { intValue: String(value) },
    })),
    ...change,
  };
}

function requestOf(...spans: object[]) {
  const attributes = [{ key: 'usagekit.account.id', value: { stringValue: 'acme' } }];
  return { resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans }] }] };
}

const send = (body: unknown, headers: Record<string, string> = {}) =>
  server.send('POST', address, body, { headers });

describe('spans by OTLP', () => {
  it.each([
    ['protobuf', ProtobufExporter, 'none'],
    ['protobuf, compressed', ProtobufExporter, 'gzip'],
    ['JSON', JsonExporter, 'none'],
    ['JSON, compressed', JsonExporter, 'gzip'],
  ] as const)(
    'F16: become usage once, sent by OpenTelemetry’s own exporter in %s',
    async (_, Exporter, compression) => {
      const exporter = new Exporter({
        url: `${served.url}${address}`,
        headers: { Authorization: `Bearer ${secretKey}` },
        compression: compression as never,
      });
      const provider = new TracerProvider({
        resource: resourceFromAttributes({ 'usagekit.account.id': 'acme' }),
        spanProcessors: [new SimpleSpanProcessor({ exporter })],
      });
      const tracer = provider.getTracer('test');
      const at = server.clock.nowMs();
      const span = tracer.startSpan('chat gpt-test', { attributes: genAi, startTime: at - 1_000 });
      span.end(at);
      tracer.startSpan('GET /', { attributes: { 'http.request.method': 'GET' }, startTime: at }).end(at);
      await provider.forceFlush();
      expect(await charged()).toBe(cost);
      // The same span comes by the processor too.
      const answers: EventsAnswer[] = [];
      const client = createUsageKitClient({ url: served.url, key: secretKey });
      const processor = createUsageSpanProcessor({
        usage: { reportEvents: async (events) => answers.push(await client.reportEvents(events)) },
      });
      processor.onEnd(span as unknown as EndedSpan);
      await processor.shutdown();
      expect(answers).toMatchObject([{ accepted: 0, duplicates: 1, rejected: [] }]);
      expect(await charged()).toBe(cost);
      await provider.shutdown();
    },
  );

  it('F16: are taken once by trace and span, however often they come', async () => {
    expect((await send(requestOf(spanOf(genAi)))).text).toBe('{}');
    expect((await send(requestOf(spanOf(genAi)))).text).toBe('{}');
    expect(await charged()).toBe(cost);
  });

  it('F16: that are not taken are counted and explained, and the others are taken', async () => {
    const nobody = requestOf(spanOf(genAi, { spanId: 'a'.repeat(16) }));
    const unnamed = {
      ...nobody,
      resourceSpans: nobody.resourceSpans.map((each) => ({ ...each, resource: {} })),
    };
    const { status, body } = await send({
      resourceSpans: [
        ...unnamed.resourceSpans,
        ...requestOf(spanOf(genAi), spanOf(genAi, { spanId: 'c'.repeat(16), endTimeUnixNano: '0' }))
          .resourceSpans,
      ],
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      partialSuccess: {
        rejectedSpans: '2',
        errorMessage: `Span ${'a'.repeat(16)}: it does not say usagekit.account.id, and 1 more were not taken`,
      },
    });
    expect(await charged()).toBe(cost);
  });

  it('F16: of a call that failed cost what it used, and nothing where it used nothing', async () => {
    const {
      'gen_ai.usage.input_tokens': _i,
      'gen_ai.usage.output_tokens': _o,
      'gen_ai.usage.cache_read.input_tokens': _c,
      ...none
    } = genAi;
    await send(requestOf(spanOf({ ...none, 'error.type': 'timeout' })));
    expect(await charged()).toBe(0);
    await send(requestOf(spanOf({ ...genAi, 'error.type': 'cancelled' }, { spanId: 'd'.repeat(16) })));
    expect(await charged()).toBe(cost);
  });

  it('F25: name the service tier that the provider used', async () => {
    await send(requestOf(spanOf({ ...genAi, 'openai.response.service_tier': 'batch' })));
    expect(await charged()).toBe(cost / 2);
    await send(
      requestOf(spanOf({ ...genAi, 'openai.response.service_tier': 'default' }, { spanId: 'e'.repeat(16) })),
    );
    expect(await charged()).toBe(cost * 1.5);
  });

  it('F16: are refused without a secret key, in another form, and beyond the bound, packed or not', async () => {
    const member = await server.member('acme', 'ann', { role: 'owner' });
    expect((await server.send('POST', address, requestOf(), { token: member })).status).toBe(403);
    expect((await server.send('POST', address, requestOf(), { token: null })).status).toBe(401);
    expect((await send('{', { 'content-type': 'application/json' })).status).toBe(400);
    expect((await send({ resourceSpans: {} })).body).toEqual({ message: '/resourceSpans: is not a list' });
    expect((await send('x', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await send('x'.repeat(apiBounds.bodyBytesMax + 1))).status).toBe(413);
    const bomb = gzipSync(' '.repeat(apiBounds.bodyBytesMax + 1));
    const post = (body: Uint8Array<ArrayBuffer>, headers: Record<string, string>) =>
      fetch(`${served.url}${address}`, {
        method: 'POST',
        body,
        headers: {
          Authorization: `Bearer ${secretKey}`,
          'Content-Type': 'application/x-protobuf',
          ...headers,
        },
      });
    expect((await post(new Uint8Array(bomb), { 'Content-Encoding': 'gzip' })).status).toBe(413);
    expect((await post(new Uint8Array([1, 2, 3]), { 'Content-Encoding': 'gzip' })).status).toBe(400);
    const malformed = await post(new Uint8Array([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]), {});
    expect(malformed.status).toBe(400);
    expect(malformed.headers.get('content-type')).toBe('application/x-protobuf');
    expect(new TextDecoder().decode(await malformed.arrayBuffer())).toContain('ExportTraceServiceRequest');
  });

  it('F21: of any bytes are answered at once, and never by a fault of the server', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 64 }), async (bytes) => {
        const response = await server.app.fetch(
          new Request(`http://usage.test${address}`, {
            method: 'POST',
            body: new Uint8Array(bytes),
            headers: { Authorization: `Bearer ${secretKey}`, 'Content-Type': 'application/x-protobuf' },
          }),
        );
        expect([200, 400]).toContain(response.status);
      }),
      { numRuns: 300 },
    );
  });
});
