import { execFileSync } from 'node:child_process';

/** Runs a program and gives what it wrote; where it fails, the error says what it wrote. */
export function run(program: string, args: string[], cwd: string, variables: NodeJS.ProcessEnv = {}): string {
  const env = { ...process.env, ...variables };
  try {
    return execFileSync(program, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
  }
}
