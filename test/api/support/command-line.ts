import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runCommandLine } from '../../../server/src/node/command-line.ts';

/** Runs a command line within this process, which is quicker; what is under test is the command and not its start. */
export async function usagekit(
  line: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const code = await runCommandLine(line, {
    environment,
    print: (text) => {
      written.out += `${text}\n`;
    },
    tell: (text) => {
      written.err += `${text}\n`;
    },
  });
  return { code, ...written };
}

export const bin = fileURLToPath(new URL('../../../server/bin/usagekit.js', import.meta.url));

export interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<{ code: number | null; out: string; err: string }>;
  /** Resolves with what stands on standard output once it matches. */
  out(pattern: RegExp): Promise<string>;
  /** The same of standard error. */
  told(pattern: RegExp): Promise<string>;
}

/** Runs `usagekit` as a process of its own, in a folder, and with no more of the environment than is given. */
export class CommandLine {
  readonly #folder: () => string;
  readonly #running = new Set<ChildProcess>();

  constructor(folder: () => string) {
    this.#folder = folder;
  }

  run(line: readonly string[], environment: Record<string, string> = {}): Run {
    const child = spawn(process.execPath, ['--conditions=source', bin, ...line], {
      env: { PATH: process.env.PATH ?? '', ...environment },
      cwd: this.#folder(),
    });
    this.#running.add(child);
    let out = '';
    let err = '';
    const looking = new Set<() => void>();
    child.stdout?.on('data', (bytes) => {
      out += bytes;
      for (const look of looking) look();
    });
    child.stderr?.on('data', (bytes) => {
      err += bytes;
      for (const look of looking) look();
    });
    const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) =>
      child.on('close', (code) => {
        this.#running.delete(child);
        resolve({ code, out, err });
      }),
    );
    const waitFor = (pattern: RegExp, text: () => string) =>
      new Promise<string>((resolve, reject) => {
        const look = () => {
          if (!pattern.test(text())) return;
          looking.delete(look);
          resolve(text());
        };
        looking.add(look);
        look();
        void ended.then(() => reject(new Error(`ended without ${pattern}: ${out}${err}`)));
      });
    return {
      child,
      ended,
      out: (pattern) => waitFor(pattern, () => out),
      told: (pattern) => waitFor(pattern, () => err),
    };
  }

  /** Ends what still runs. */
  killAll(): void {
    for (const child of this.#running) child.kill('SIGKILL');
  }
}
