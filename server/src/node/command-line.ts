import { CommanderError, Option, Command as Program } from 'commander';
import { accountShowCommand } from './commands/accounts/account-show.ts';
import { eraseCommand } from './commands/accounts/erase.ts';
import { grantCommand } from './commands/accounts/grant.ts';
import { catalogDiffCommand } from './commands/catalog/catalog-diff.ts';
import { catalogSchemaCommand } from './commands/catalog/catalog-schema.ts';
import { catalogTryCommand } from './commands/catalog/catalog-try.ts';
import {
  catalogMoveCommand,
  catalogRestoreCommand,
  catalogVersionsCommand,
} from './commands/catalog/catalog-versions.ts';
import { pricesImportCommand } from './commands/catalog/prices-import.ts';
import { auditCommand } from './commands/checks/audit.ts';
import { doctorCommand } from './commands/checks/doctor.ts';
import { reconcileCommand } from './commands/checks/reconcile.ts';
import { type Command, type CommandInput, wordsOf } from './commands/command.ts';
import { backupCommand } from './commands/copies/backup.ts';
import { moveCommand } from './commands/copies/move.ts';
import { restoreCommand } from './commands/copies/restore.ts';
import { exportCommand } from './commands/data/export.ts';
import { importCommand } from './commands/data/import.ts';
import { exitCodeOf, type Failure, failureOf, linesOf, usageFailure } from './commands/failure.ts';
import { keysCreateCommand } from './commands/keys/keys-create.ts';
import { keysListCommand } from './commands/keys/keys-list.ts';
import { keysRevokeCommand } from './commands/keys/keys-revoke.ts';
import { keysRotateCommand } from './commands/keys/keys-rotate.ts';
import { listenCommand, noticesListCommand, noticesReplayCommand } from './commands/notices/notices.ts';
import {
  webhooksListCommand,
  webhooksPutCommand,
  webhooksRemoveCommand,
  webhooksRotateCommand,
} from './commands/notices/webhooks.ts';
import { initCommand } from './commands/server/init.ts';
import { mockCommand } from './commands/server/mock.ts';
import { serveCommand } from './commands/server/serve.ts';
import { packageVersion } from './package-version.ts';

/** Every command, in the order in which they are helped with. */
export const commands: readonly Command[] = [
  initCommand,
  serveCommand,
  mockCommand,
  keysCreateCommand,
  keysListCommand,
  keysRotateCommand,
  keysRevokeCommand,
  accountShowCommand,
  grantCommand,
  eraseCommand,
  importCommand,
  exportCommand,
  auditCommand,
  pricesImportCommand,
  doctorCommand,
  reconcileCommand,
  backupCommand,
  restoreCommand,
  moveCommand,
  webhooksPutCommand,
  webhooksListCommand,
  webhooksRotateCommand,
  webhooksRemoveCommand,
  noticesListCommand,
  noticesReplayCommand,
  listenCommand,
  catalogSchemaCommand,
  catalogVersionsCommand,
  catalogDiffCommand,
  catalogTryCommand,
  catalogMoveCommand,
  catalogRestoreCommand,
];

/** Where a command line writes, and what it finds around it. */
export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  /** A line on standard output. */
  print(line: string): void;
  /** A line on standard error. */
  tell(line: string): void;
}

/** What the command of a line does where nobody takes its output any more; see `Command`. */
export function withoutReader(line: readonly string[]): Command['withoutReader'] {
  return commands.find(({ name }) => name.split(' ').every((word, place) => word === line[place]))
    ?.withoutReader;
}

/** Of commands that have others below them. */
const helpCommand = ['help [command]', 'Prints the help of a command'] as const;

/**
 * Runs one command line and gives the exit code: 0 done, 1 failed, 2 typed wrong. With `--json` in the line, whatever went wrong is
 * one JSON object on standard error, a `Failure`, and nothing else is written there.
 */
export async function runCommandLine(line: readonly string[], told: Surroundings): Promise<number> {
  const isJson = line.includes('--json');
  /** For people: under `--json` neither stream has anything of it. */
  const around: Surroundings = isJson ? { ...told, print: () => {}, tell: () => {} } : told;
  const fail = (failure: Failure): number => {
    told.tell(isJson ? JSON.stringify(failure) : linesOf(failure));
    return exitCodeOf(failure);
  };
  /** What the library said first of a mistake; it writes it by itself where it is for people. */
  let mistake: Failure | undefined;
  const bare = (command: Program, name: string) =>
    bareOf(command, name, {
      ...around,
      // Whoever asks for help reads it.
      print: told.print,
      mistaken: (message) => {
        mistake ??= usageFailure(message, name);
      },
    });
  const answer: CommandInput['answer'] = (found, ...lines) => {
    for (const line of isJson ? [JSON.stringify(found)] : lines) told.print(line);
  };
  let code = 0;
  const program = bare(new Program('usagekit'), '')
    .description('The metering server of UsageKit')
    .version(packageVersion(), '-V, --version', 'Prints the version')
    .helpCommand(...helpCommand);
  const groups = new Map<string, Program>();
  for (const command of commands) {
    const [first = '', second] = command.name.split(' ');
    const parent = second === undefined ? program : groupOf(first);
    const typed = bare(parent.command([second ?? first, ...operandsOf(command)].join(' ')), command.name)
      .description(command.summary)
      .action(async () => {
        code = await run(command, typed, { around, answer, isJson, fail });
      });
    for (const [flag, help] of Object.entries(command.flags)) {
      typed.addOption(new Option(`--${flag} <value>`, help));
    }
    for (const [flag, help] of Object.entries({ ...command.switches, json: wordsOf(command.json) })) {
      typed.addOption(new Option(`--${flag}`, help));
    }
  }

  function groupOf(name: string): Program {
    const group =
      groups.get(name) ??
      bare(program.command(name), name)
        .description(`Subcommands: ${partsOf(name)}`)
        .helpCommand(...helpCommand);
    groups.set(name, group);
    return group;
  }

  if (line.length === 0) {
    told.print(program.helpInformation().trimEnd());
    return 0;
  }
  const unknown = unknownInHelp(line);
  if (unknown !== undefined) return fail(usageFailure(`Unknown command '${unknown}'.`, ''));
  try {
    await program.parseAsync([...line], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    return isJson ? fail(mistake ?? usageFailure(error.message, '')) : 2;
  }
  return code;
}

/** The second words of the commands that begin with this one. */
function partsOf(name: string): string {
  return commands
    .map((command) => command.name.split(' '))
    .flatMap(([first, second]) => (first === name && second !== undefined ? second : []))
    .join(', ');
}

/** A command that throws instead of ending the process, and shows the accepted form after a mistake. */
function bareOf(
  command: Program,
  name: string,
  { print, tell, mistaken }: Surroundings & { mistaken(message: string): void },
): Program {
  return command
    .exitOverride()
    .helpOption('-h, --help', 'Prints this help')
    .showHelpAfterError(usageFailure('', name).hint ?? '')
    .configureOutput({
      writeOut: (text) => print(text.trimEnd()),
      writeErr: (text) => {
        tell(text.trimEnd());
      },
      outputError: (text, write) => {
        mistaken(asSentence(text).trimEnd().replaceAll('\n', ' '));
        write(asSentence(text));
      },
    });
}

interface Running {
  readonly around: Surroundings;
  readonly answer: CommandInput['answer'];
  readonly isJson: boolean;
  /** Tells of a failure, and gives the exit code. */
  fail(failure: Failure): number;
}

async function run(
  command: Command,
  typed: Program,
  { around, answer, isJson, fail }: Running,
): Promise<number> {
  const given = Object.entries(typed.opts<Record<string, unknown>>()).map(
    ([name, value]): [string, unknown] => [dashed(name), value],
  );
  try {
    return await command.run({
      flags: Object.fromEntries(
        given.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
      ),
      switches: new Set(given.flatMap(([name, value]) => (value === true ? [name] : []))),
      operands: typed.args,
      isJson,
      answer,
      ...around,
    });
  } catch (error) {
    const failure = failureOf(error, command.name);
    if (failure !== null) return fail(failure);
    if (!isJson) throw error;
    const message = error instanceof Error ? error.message : String(error);
    return fail({ code: 'unexpected', message, hint: 'Without --json, the place of the fault is shown.' });
  }
}

function operandsOf({ operands }: Command): string[] {
  return operands === '' ? [] : operands.split(' ').map((operand) => `<${operand}>`);
}

/** The flag's own name: the library keeps `time-zone` as `timeZone`. */
function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** What the library says of a mistake, as a sentence. */
function asSentence(text: string): string {
  const [first = '', ...others] = text
    .replace(/^error: /, '')
    .trimEnd()
    .split('\n');
  const sentence = `${first.charAt(0).toUpperCase()}${first.slice(1)}${first.endsWith('.') ? '' : '.'}`;
  return [sentence, ...others, ''].join('\n');
}

/** The word after `help` that is no command; the library would print all help and not name it. */
function unknownInHelp(line: readonly string[]): string | undefined {
  const place = line.indexOf('help');
  const group = line.slice(0, place);
  const word = line[place + 1];
  if (place < 0 || place > 1 || word === undefined || word.startsWith('-')) return undefined;
  const groups = commands.map(({ name }) => name.split(' '));
  if (place === 1 && !groups.some(([first, second]) => first === group[0] && second !== undefined))
    return undefined;
  const isKnown = groups.some((words) => words[place] === word && (place === 0 || words[0] === group[0]));
  return isKnown ? undefined : word;
}
