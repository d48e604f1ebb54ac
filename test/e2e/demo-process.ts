import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface DemoProcess {
  appUrl: string;
  serverUrl: string;
  extensionToken: string;
  /** The operator's console, and the key that signs in there. */
  console: { url: string; secretKey: string };
  /** Everything it has printed. */
  output(): string;
  /** Asks it to stop as Ctrl+C does; resolves with its exit code. */
  stop(): Promise<number | null>;
}

/** Starts the demo as `npm start` does, on free ports and in a folder of its own. Rejects with its output if it ends early. */
export async function startDemoProcess(dataFolder: string): Promise<DemoProcess> {
  const child = spawn(process.execPath, ['--conditions=source', 'sdk/demo/start.ts'], {
    cwd: root,
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      DEMO_DATA: dataFolder,
      DEMO_EXTENSION: 'off',
      USAGEKIT_PORT: '0',
      DEMO_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await new Promise<void>((resolve, reject) => {
    const read = (text: string) => {
      output += text;
      if (output.includes('Ctrl+C')) resolve();
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    void exited.then((code) => reject(new Error(`The demo ended with ${code}:\n${output}`)));
  });
  const find = (pattern: RegExp) => {
    const found = pattern.exec(output)?.[1];
    if (found === undefined) throw new Error(`The demo printed nothing like ${pattern}:\n${output}`);
    return found;
  };
  return {
    appUrl: find(/demo product\s+(http\S+)/),
    serverUrl: find(/UsageKit server\s+(http\S+)/),
    extensionToken: find(/token\s+(\S+)/),
    console: { url: find(/Operator's console\s+(http\S+)/), secretKey: find(/sign in with\s+(\S+)/) },
    output: () => output,
    stop() {
      child.kill('SIGINT');
      return exited;
    },
  };
}
