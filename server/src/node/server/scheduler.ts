import type { App } from '../../app/create-app.ts';

/** Finding out that nothing is due is one look at an index. */
const dueIntervalMs = 1_000;
const tickIntervalMs = 30_000;

/** Lets the app do now and then what nobody asked for: commit what fell due, forget old answers. */
export function startScheduler(app: App): { stop(): Promise<void> } {
  const runs = [
    every(dueIntervalMs, () => app.commitDue(), app),
    every(dueIntervalMs, () => app.deliver(), app, 'Notices could not be sent'),
    // A start is followed by a tick, since it takes up the charges that a crash left between order and answer.
    every(tickIntervalMs, () => app.tick(), app, undefined, dueIntervalMs),
  ];
  return {
    async stop() {
      await Promise.all(runs.map((run) => run.stop()));
    },
  };
}

/** One run at a time: a turn that comes while the one before is under way is left out. */
function every(
  intervalMs: number,
  run: () => Promise<void>,
  { log }: Pick<App, 'log'>,
  failure = 'What fell due could not be committed',
  firstMs = intervalMs,
): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  let isRunning = false;
  const turn = () => {
    if (isRunning) return;
    isRunning = true;
    running = run()
      .catch((error: unknown) => log.error({ err: error }, failure))
      .finally(() => {
        isRunning = false;
      });
  };
  const first = firstMs < intervalMs ? setTimeout(turn, firstMs) : undefined;
  const timer = setInterval(turn, intervalMs);
  first?.unref();
  timer.unref();
  return {
    async stop() {
      clearTimeout(first);
      clearInterval(timer);
      await running;
    },
  };
}
