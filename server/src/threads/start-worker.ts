import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Starts a thread that runs a script next to a module. The sources run as they are; what is published is JavaScript. What a host has Node
 * load for the program, such as telemetry, is not for a thread that only works.
 *
 * @param script Relative to the module, without its ending.
 */
export function startWorker(
  moduleUrl: string,
  script: string,
  options: Omit<WorkerOptions, 'execArgv'> = {},
): Worker {
  const ending = moduleUrl.endsWith('.ts') ? 'ts' : 'js';
  return new Worker(new URL(`${script}.${ending}`, moduleUrl), { ...options, execArgv: [] });
}
