import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const key = 'sk_test_only-for-starts-in-benches';

export interface ServedStart {
  /** From the beginning of the process. */
  readonly listensMs: number;
  /** Until an account was answered. */
  readonly answersMs: number;
}

/** Starts the server as the command line does on a database file, asks for one account, and ends it by a kill. */
export async function startServing(file: string, accountId: string): Promise<ServedStart> {
  const bin = fileURLToPath(new URL('../../../server/bin/usagekit.js', import.meta.url));
  const line = ['serve', '--port', '0', '--metrics-port', 'none', '--database', file, '--secret-key', key];
  const begun = performance.now();
  const child = spawn(process.execPath, ['--conditions=source', bin, ...line], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let out = '';
  while (!out.includes(', its data')) out += String((await once(child.stdout, 'data'))[0]);
  const listensMs = performance.now() - begun;
  const answer = await fetch(`${/http:\/\/[^,\s]+/.exec(out)?.[0]}/v1/accounts/${accountId}/credits`, {
    headers: { authorization: `Bearer ${key}` },
  });
  await answer.text();
  const answersMs = performance.now() - begun;
  child.kill('SIGKILL');
  await once(child, 'exit');
  return { listensMs, answersMs };
}
