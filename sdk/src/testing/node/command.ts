import { parseArgs } from 'node:util';
import { createUsageKitMock } from '../mock/create-usagekit-mock.ts';
import type { MockOptions, MockViewer } from '../mock/usagekit-mock.ts';
import { scenarios } from '../scenarios/scenarios.ts';
import { controlPath } from './control.ts';
import { type Listening, listen } from './listen.ts';

/** Where the command writes. */
export interface MockCommandOutput {
  /** A line on standard output. */
  print(line: string): void;
  /** A line on standard error. */
  tell(line: string): void;
}

const flags = {
  scenario: { type: 'string' },
  port: { type: 'string', default: '4010' },
  host: { type: 'string', default: '127.0.0.1' },
  as: { type: 'string' },
  now: { type: 'string' },
  seed: { type: 'string' },
  catalog: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const help = `usagekit mock [--scenario NAME,NAME] [--port 4010] [--host 127.0.0.1] [--as ROLE] [--now INSTANT] [--seed N] [--catalog FILE]

The real server in memory, on a port. --as answers requests without a token as that role, as a proxy of yours would.
Scenarios: ${Object.keys(scenarios).join(', ')}`;

/**
 * `usagekit mock`: a mock on a port, with control over HTTP. Gives what ends it, or the exit code where there is nothing to end.
 */
export async function runMockCommand(
  line: readonly string[],
  { print, tell }: MockCommandOutput,
): Promise<(Listening & { secretKey: string }) | number> {
  try {
    const { values } = parseArgs({ args: [...line], options: flags });
    if (values.help) {
      print(help);
      return 0;
    }
    const names = values.scenario?.split(',');
    const options = {
      ...(names && { scenario: names.length === 1 ? names[0] : names }),
      ...(values.now !== undefined && { now: values.now }),
      ...(values.seed !== undefined && { seed: Number(values.seed) }),
      ...(values.catalog !== undefined && { catalog: await catalogIn(values.catalog) }),
    } as MockOptions;
    const mock = createUsageKitMock(options);
    await mock.ready;
    const listening = await listen(mock, {
      port: portOf(values.port),
      host: values.host,
      control: true,
      ...(values.as !== undefined && { as: values.as as MockViewer }),
    });
    print(
      `The mock listens on ${listening.url}, in the scenario ${values.scenario ?? 'healthy'}. It is no server to sell with.`,
    );
    print(`Its secret key: ${mock.secretKey}`);
    print(`Control: curl -X POST ${listening.url}${controlPath}/reset -d '{"scenario":"outOfCredits"}'`);
    return {
      url: listening.url,
      secretKey: mock.secretKey,
      async close() {
        await listening.close();
        await mock.close();
      },
    };
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
    return 2;
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new RangeError(`The port '${text}' is none; accepted are 0 (a free one) to 65535.`);
}

async function catalogIn(file: string): Promise<MockOptions['catalog']> {
  const { pathToFileURL } = await import('node:url');
  const { readFile } = await import('node:fs/promises');
  if (file.endsWith('.json')) return JSON.parse(await readFile(file, 'utf8'));
  const { default: catalog } = (await import(pathToFileURL(file).href)) as {
    default?: MockOptions['catalog'];
  };
  if (catalog === undefined) {
    throw new RangeError(
      `${file} has no default export; accepted is a module that exports a catalog by default, or JSON.`,
    );
  }
  return catalog;
}
