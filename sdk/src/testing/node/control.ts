import type { UsageKitMock } from '../mock/usagekit-mock.ts';
import { type ScenarioName, scenarios } from '../scenarios/scenarios.ts';

/** The path of the mock's control, next to the API. */
export const controlPath = '/__mock__';

/**
 * Control of a mock over HTTP, for Cypress, for other languages and for people with curl. Each is a `POST` with JSON and answers
 * with how the mock stands; a mistake is answered with 400 and one line.
 */
const commands: Record<string, (mock: UsageKitMock, given: never) => Promise<unknown>> = {
  reset: async (mock, { scenario }: { scenario?: ScenarioName }) => mock.reset(scenario),
  advance: async (mock, { span }: { span: Parameters<UsageKitMock['clock']['advance']>[0] }) =>
    mock.clock.advance(span),
  'advance-to-reset': async (mock, { accountId }: { accountId?: string }) =>
    mock.clock.advanceToReset(accountId),
  consume: async (
    mock,
    {
      accountId,
      metric,
      quantity,
      items,
      ...dimensions
    }: { accountId?: string; metric?: string; quantity?: number; items?: never } & object,
  ) => mock.account(accountId).consume(items ?? (metric as string), quantity, dimensions),
  spend: async (mock, { accountId, credits }: { accountId?: string; credits: number }) =>
    mock.account(accountId).spend(credits),
  'spend-down-to': async (mock, { accountId, credits }: { accountId?: string; credits: number }) =>
    mock.account(accountId).spendDownTo(credits),
  grant: async (mock, { accountId, credits, ...request }: { accountId?: string; credits: number } & object) =>
    mock.account(accountId).grant(credits, request),
  fault: async (mock, fault: object) => void mock.fault(fault),
  respond: async (mock, { on, change, times }: { on: string; change: object; times?: number }) =>
    void mock.respond(on, change, times),
  latency: async (mock, bounds: { min: number; max: number } | Record<string, never>) =>
    mock.latency('min' in bounds ? (bounds as { min: number; max: number }) : undefined),
  token: async (mock, viewer: object) => mock.tokenFor(viewer),
  'add-account': async (mock, { accountId, ...input }: { accountId: string } & object) =>
    void (await mock.addAccount(accountId, input)),
  'add-payment-method': async (mock, { card, accountId }: { card?: never; accountId?: string }) =>
    mock.addPaymentMethod(card, accountId),
  check: async (mock) => mock.assertInvariants(),
};

/** Answers requests under `/__mock__`; null for others. */
export async function answerControl(mock: UsageKitMock, request: Request): Promise<Response | null> {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname !== controlPath && !pathname.startsWith(`${controlPath}/`)) return null;
  const name = pathname.slice(controlPath.length + 1);
  if (request.method === 'OPTIONS') return answer(null, 204);
  if (request.method === 'GET' && name === '') {
    return answer({
      now: mock.clock.now(),
      scenarios: Object.keys(scenarios),
      commands: Object.keys(commands),
    });
  }
  if (request.method === 'GET' && name === 'requests') {
    return answer(mock.requests(searchParams.get('on') ?? '*'));
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (request.method !== 'POST' || command === undefined) {
    const accepted = Object.keys(commands).map((each) => `POST ${controlPath}/${each}`);
    return answer(
      {
        error: `${request.method} ${pathname} is none; accepted are GET ${controlPath}, GET ${controlPath}/requests, ${accepted.join(', ')}.`,
      },
      400,
    );
  }
  try {
    const text = await request.text();
    const result = await command(mock, (text === '' ? {} : JSON.parse(text)) as never);
    return answer({ now: mock.clock.now(), ...(result === undefined ? {} : { result }) });
  } catch (error) {
    // Whoever controls a mock made the mistake, and is told what it was.
    return answer({ error: error instanceof Error ? error.message : String(error) }, 400);
  }
}

function answer(body: unknown, status = 200): Response {
  return new Response(body === null ? null : JSON.stringify(body), {
    status,
    headers: {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Headers': '*',
      ...(body === null ? {} : { 'Content-Type': 'application/json' }),
    },
  });
}
