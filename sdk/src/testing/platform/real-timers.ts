/**
 * The platform's timers as they were when this module was loaded: a mock goes on answering and telling changes while the
 * test's own timers are fake.
 */
export const realTimers = {
  setTimeout: globalThis.setTimeout.bind(globalThis),
  clearTimeout: globalThis.clearTimeout.bind(globalThis),
};

/** Lets everything run that waits already: other tasks, and the promises between them. Works under fake timers too. */
export function nextTask(afterMs = 0): Promise<void> {
  return new Promise((resolve) => {
    realTimers.setTimeout(resolve, afterMs);
  });
}
