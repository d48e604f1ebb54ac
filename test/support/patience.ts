/**
 * How long what comes by itself is waited for: long, since machines that run many tests at once are slow, and never met. What
 * `expect.poll` and Testing Library wait for has it without being told; `vi.waitFor` is given it.
 */
export const patience = { timeout: 30_000, interval: 20 };

/** The same where a browser, a killed server or a whole catalog of pages has to come up first. */
export const longPatience = { timeout: 60_000 };
