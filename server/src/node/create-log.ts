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

/** Structured logs, one JSON object a line on standard error. */
export function createLog(level: LogLevel): Log {
  return pino(
    { level, base: { name: 'usagekit' }, redact: { paths: secretPaths, censor: '[secret]' } },
    pino.destination({ dest: 2, sync: false }),
  );
}
