import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The secret key of the servers that benches start. */
export const benchKey = 'sk_test_only-for-the-benches-of-this-repository';

/** As the image starts the server (server/operations). The bare HTTP stack has them too. */
const imageFlags = [
  '--min-semi-space-size=64',
  '--max-semi-space-size=64',
  '--no-allocation-site-pretenuring',
  '--use-largepages=silent',
];

/** Processor time in microseconds. */
export interface ProcessorTime {
  /** Of all threads of the process. */
  readonly all: number;
  /** Of the thread that answers. */
  readonly deciding: number;
}

export interface BenchServer {
  readonly port: number;
  readonly processId: number;
  /** What it has used so far. */
  processorTime(): Promise<ProcessorTime>;
  /** Runs the work while the server stands still. */
  whilePaused<Value>(work: () => Promise<Value>): Promise<Value>;
  stop(): Promise<void>;
}

/** Starts `http-server-process.ts` and resolves once it listens. */
export async function startBenchServer(...parameters: string[]): Promise<BenchServer> {
  const file = fileURLToPath(new URL('./http-server-process.ts', import.meta.url));
  const child = spawn(process.execPath, ['--conditions=source', ...imageFlags, file, ...parameters], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const port = await firstLine(child);
  return {
    port: Number(port),
    processId: child.pid ?? Number.NaN,
    processorTime: () =>
      new Promise((resolve) => {
        // What the process above sends.
        child.once('message', (used) => resolve(used as ProcessorTime));
        child.send('processor');
      }),
    async whilePaused(work) {
      child.kill('SIGSTOP');
      try {
        return await work();
      } finally {
        child.kill('SIGCONT');
      }
    },
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The server ended with ${code} before it listened`)));
    if (child.stdout === null) throw new Error('The server has no output');
    createInterface({ input: child.stdout }).once('line', resolve);
  });
}
