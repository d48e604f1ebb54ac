import type { Log } from '../app/app-options.ts';
import type { App } from '../app/create-app.ts';

const intervalMs = 30_000;

/** Lets the app do now and then what nobody asked for: commit what fell due, forget old answers. One run at a time. */
export function startScheduler(app: App, log: Log): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  let isRunning = false;
  const timer = setInterval(() => {
    if (isRunning) return;
    isRunning = true;
    running = app
      .tick()
      .catch((error: unknown) => log.error({ err: error }, 'What fell due could not be committed'))
      .finally(() => {
        isRunning = false;
      });
  }, intervalMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
