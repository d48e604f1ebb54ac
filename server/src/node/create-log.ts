import { pino } from 'pino';
import type { Log } from '../app/app-options.ts';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
/** The least important line that is written. */
export type LogLevel = (typeof logLevels)[number];

/** Fields that are never logged, even if code passes them by mistake. */
const secretPaths = [
  'authorization',
  'token',
  'secret',
  'key',
  'headers.authorization',
  'headers["idempotency-key"]',
  '*.authorization',
  '*.token',
  '*.secret',
];

/** Logs whose last line could not be written. A process that ends would try for ever to write it. */
const failing = new Set<{ destroy(): void }>();
process.once('exit', () => {
  for (const destination of failing) destination.destroy();
});

/** Structured logs, one JSON object a line on standard error. */
export function createLog(level: LogLevel): Log {
  const destination = pino.destination({ dest: 2, sync: false });
  // Lines that the disk has no room for are tried again with the next one; without a listener the first would end the process.
  destination.on('error', () => failing.add(destination));
  destination.on('drain', () => failing.delete(destination));
  return pino(
    { level, base: { name: 'usagekit' }, redact: { paths: secretPaths, censor: '[secret]' } },
    destination,
  );
}
