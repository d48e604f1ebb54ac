import { parseArgs } from 'node:util';
import { CatalogError } from '../app/catalog/catalogs.ts';
import { StoreOpenError } from '../store/store-open-error.ts';
import { accountShowCommand } from './commands/account-show.ts';
import { type Command, UsageError } from './commands/command.ts';
import { exportCommand } from './commands/export.ts';
import { grantCommand } from './commands/grant.ts';
import { importCommand } from './commands/import.ts';
import { keysCreateCommand } from './commands/keys-create.ts';
import { ApiError } from './commands/open-api.ts';
import { reconcileCommand } from './commands/reconcile.ts';
import { serveCommand } from './commands/serve.ts';
import { ConfigError } from './config.ts';

const commands: readonly Command[] = [
  serveCommand,
  keysCreateCommand,
  accountShowCommand,
  grantCommand,
  importCommand,
  exportCommand,
  reconcileCommand,
];

/** Runs one command line and gives the exit code: 0 done, 1 failed, 2 typed wrong. */
async function main(line: readonly string[]): Promise<number> {
  const command = commands.find(({ name }) => name.split(' ').every((word, index) => line[index] === word));
  if (command === undefined) {
    const isAsked = line.length === 0 || line[0] === '--help' || line[0] === 'help';
    (isAsked ? print : tell)(overview());
    return isAsked ? 0 : 2;
  }
  const rest = line.slice(command.name.split(' ').length);
  if (rest.includes('--help')) {
    print(helpOf(command));
    return 0;
  }
  try {
    const { values, positionals } = parseArgs({
      args: [...rest],
      allowPositionals: true,
      options: {
        ...optionsOf(command.flags, 'string'),
        ...optionsOf(command.switches ?? {}, 'boolean'),
      },
    });
    const given = Object.entries(values);
    return await command.run({
      flags: Object.fromEntries(
        given.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
      ),
      switches: new Set(given.flatMap(([name, value]) => (value === true ? [name] : []))),
      operands: positionals,
      environment: process.env,
      print,
      tell,
    });
  } catch (error) {
    if (isTypedWrong(error)) {
      tell(`${error.message}\nusagekit ${command.name} --help tells what it takes.`);
      return 2;
    }
    if (isExplained(error)) {
      tell(error.message);
      return 1;
    }
    throw error;
  }
}

function optionsOf(names: Readonly<Record<string, string>>, type: 'string' | 'boolean') {
  return Object.fromEntries(Object.keys(names).map((name) => [name, { type }]));
}

function isTypedWrong(error: unknown): error is Error {
  if (error instanceof UsageError) return true;
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

/** Errors whose message says all that there is to say. */
function isExplained(error: unknown): error is Error {
  return (
    error instanceof ConfigError ||
    error instanceof CatalogError ||
    error instanceof StoreOpenError ||
    error instanceof ApiError ||
    (error instanceof Error && 'syscall' in error)
  );
}

function overview(): string {
  const width = Math.max(...commands.map(({ name, operands }) => `${name} ${operands}`.length));
  const lines = commands.map(
    ({ name, operands, summary }) => `  usagekit ${`${name} ${operands}`.padEnd(width)}  ${summary}`,
  );
  return ['Commands:', ...lines, '', 'usagekit COMMAND --help tells what it takes.'].join('\n');
}

function helpOf({ name, operands, summary, flags: withValue, switches }: Command): string {
  const flags = { ...withValue, ...switches };
  const width = Math.max(0, ...Object.keys(flags).map((flag) => flag.length));
  const lines = Object.entries(flags).map(([flag, help]) => `  --${flag.padEnd(width)}  ${help}`);
  return [`usagekit ${name} ${operands}`.trimEnd(), summary, '', ...lines].join('\n');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

process.exitCode = await main(process.argv.slice(2));
