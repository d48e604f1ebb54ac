import type { FirstAnswers } from '@usagekit/react';
import type { NeutralProblem, Problem, Token } from '@usagekit/server/contract';
import type { TaskLine, TaskOrder } from '../task-order.ts';
import type { DemoMember } from '../workspace.ts';

export interface FieldnoteSession {
  /** What the product is called. */
  product: string;
  /** Names of the demo's other products, by id. */
  others: Record<string, string>;
  /** Where the UsageKit server answers. */
  usageKitUrl: string;
  account: { id: string; name: string; timeZone: string };
  /** Null for a public visitor. */
  member: DemoMember | null;
}

/** An answer of Fieldnote's backend that is no success, with the problem in its body where there is one. */
export class FieldnoteError extends Error {
  override readonly name = 'FieldnoteError';
  readonly problem: Problem | NeutralProblem | undefined;

  constructor(status: number, problem?: Problem | NeutralProblem) {
    super(problem?.detail ?? `Fieldnote answered ${status}.`);
    this.problem = problem;
  }
}

/** What the page came with, so that it need not ask for it. */
export interface SentPage {
  session: FieldnoteSession;
  token: Token;
  firstAnswers: FirstAnswers;
}

/** Who looks at which product, in which language. */
export interface Visit {
  viewerId: string;
  productId: string;
  languageId: string;
}

/** The page's own JSON, which is of Fieldnote's owner in English; undefined for any other visit. */
export function sentPageFor({ viewerId, productId, languageId }: Visit): SentPage | undefined {
  if (viewerId !== 'owner' || productId !== 'fieldnote' || languageId !== 'en') return undefined;
  return JSON.parse(document.getElementById('sent')?.textContent ?? 'null') ?? undefined;
}

/** The chosen product's own backend, as the chosen viewer, who gets tokens for the chosen language. */
export function createFieldnoteApi({ viewerId, productId, languageId }: Visit, sent: SentPage | undefined) {
  let firstToken = sent?.token;

  async function call(path: string, { method = 'POST', body }: { method?: string; body?: unknown } = {}) {
    const response = await fetch(path, {
      method,
      headers: {
        'Accept-Language': languageId,
        'Content-Type': 'application/json',
        'Demo-Viewer': viewerId,
        'Demo-Product': productId,
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    if (!response.ok) throw new FieldnoteError(response.status, await response.json().catch(() => undefined));
    return response;
  }

  return {
    session: async (): Promise<FieldnoteSession> => (await call('/api/session', { method: 'GET' })).json(),
    async token(): Promise<Token> {
      const token = firstToken ?? ((await (await call('/api/token')).json()) as Token);
      firstToken = undefined;
      return token;
    },
    skipToNextCycle: async () => {
      await call('/api/next-cycle');
    },
    /** The task's progress, line by line. Throws `FieldnoteError` where it was refused. */
    async *runTask(order: TaskOrder): AsyncGenerator<TaskLine> {
      const response = await call('/api/tasks', { body: order });
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      let rest = '';
      for (;;) {
        const { value, done } = (await reader?.read()) ?? { done: true, value: undefined };
        if (done) return;
        const lines = (rest + value).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) yield JSON.parse(line) as TaskLine;
      }
    },
  };
}

export type FieldnoteApi = ReturnType<typeof createFieldnoteApi>;
