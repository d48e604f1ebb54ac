import { pathToFileURL } from 'node:url';
import { resolveInstalled } from '../../resolve-installed.ts';
import { type Command, CommandError, UsageError } from '../command.ts';

const kitEntry = '@usagekit/react/testing/node';

interface Kit {
  runMockCommand(
    line: readonly string[],
    output: { print(line: string): void; tell(line: string): void },
  ): Promise<number | { readonly url: string; readonly secretKey: string }>;
}

/** `usagekit mock`: the mock of the kit that the project has, on a port. The kit stands on the server, so it is found and not imported. */
export const mockCommand: Command = {
  name: 'mock',
  operands: '',
  summary: 'Runs the mock of @usagekit/react on a port, in any scenario, with control over HTTP',
  flags: {
    scenario: "A state, or several with commas between; 'healthy' by default",
    port: '4010 by default; 0 for a free one',
    host: '127.0.0.1 by default; 0.0.0.0 for other machines and containers',
    as: 'Answers requests without a token as this role, as a proxy would',
    now: 'The instant at which its clock stands',
    seed: 'Makes what a scenario does by chance another one',
    catalog: 'A module that exports a catalog by default, or JSON',
  },
  json: { prints: 'one', of: ['url', 'secretKey'] },
  withoutReader: 'serves',
  async run({ flags, answer, print }) {
    const line = Object.entries(flags).flatMap(([name, value]) =>
      value === undefined ? [] : [`--${name}`, value],
    );
    const { runMockCommand } = await installedKit();
    const told: string[] = [];
    const ended = await runMockCommand(line, { print, tell: (text) => told.push(text) });
    if (typeof ended === 'number') throw new UsageError(told.join('\n'));
    answer({ url: ended.url, secretKey: ended.secretKey });
    return 0;
  },
};

async function installedKit(): Promise<Kit> {
  const file = resolveInstalled(kitEntry);
  if (file === undefined)
    throw new CommandError('package_missing', 'The mock is part of @usagekit/react.', {
      hint: 'Install it: npm install --save-dev @usagekit/react',
    });
  return import(pathToFileURL(file).href);
}
