import { toHostResponse, type UsageKitClient } from '@usagekit/server/client';
import { depths, taskItems } from '../task-items.ts';
import type { TaskLine, TaskOrder } from '../task-order.ts';
import { account, type DemoMember } from '../workspace.ts';
import { readSources } from './read-sources.ts';

/**
 * Runs a task and answers with its progress, line by line. What it may cost is set aside first; when that is refused, the
 * refusal is passed on, cut to what the viewer may see.
 */
export async function runTask(
  usage: UsageKitClient,
  member: DemoMember | undefined,
  order: TaskOrder,
): Promise<Response> {
  const { prompt, model, depth } = order;
  const task = await usage.createTask({
    accountId: account.id,
    name: prompt.slice(0, 120),
    status: 'in_progress',
    estimate: taskItems(model, depth),
    agentId: 'Investigator',
    category: 'research',
    source: member ? 'app' : 'public_page',
    ...(member && { memberId: member.id }),
  });
  if (!task.allowed) return toHostResponse(task, { viewer: member ?? 'visitor' });

  async function* run(taskId: string, estimate: string | null): AsyncGenerator<TaskLine> {
    let finished = false;
    try {
      yield { type: 'started', taskId, estimate: member && (estimate ?? undefined) };
      const findings = readSources(prompt, depths[depth].searches);
      for await (const text of findings.words) yield { type: 'text', text };
      const done = await usage.changeTask(taskId, {
        accountId: account.id,
        status: 'completed',
        items: taskItems(model, depth, findings.share),
        result: findings.text,
      });
      finished = true;
      yield { type: 'done', cost: done.allowed && member ? (done.cost ?? undefined) : undefined };
    } finally {
      // Whoever closes the page gets back what was set aside.
      if (!finished) await usage.changeTask(taskId, { accountId: account.id, status: 'cancelled' });
    }
  }
  return streamLines(run(task.id, task.estimate));
}

/** The order in a request's body, or undefined where it is none. */
export async function readTaskOrder(request: Request): Promise<TaskOrder | undefined> {
  const body: Partial<TaskOrder> | null = await request.json().catch(() => null);
  const { prompt, model, depth } = body ?? {};
  if (typeof prompt !== 'string' || prompt.trim() === '' || typeof model !== 'string') return undefined;
  return depth && Object.hasOwn(depths, depth) ? { prompt: prompt.trim(), model, depth } : undefined;
}

function streamLines(lines: AsyncGenerator<TaskLine>): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(`${JSON.stringify(value)}\n`));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
  return new Response(body, {
    headers: { 'Content-Type': 'application/x-ndjson', 'Cache-Control': 'no-store' },
  });
}
