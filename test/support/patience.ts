/** How long what comes by itself is waited for: long, since machines that run many tests at once are slow, and never met. */
export const patience = { timeout: 30_000, interval: 20 };
