import type { Flags } from '../config.ts';

/** What a command is started with. */
export interface CommandInput {
  readonly flags: Flags;
  /** Flags without a value that were given. */
  readonly switches?: ReadonlySet<string>;
  /** What stands on the line beside flags. */
  readonly operands: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** A line for people or for a pipe, on standard output. */
  print(line: string): void;
  /** A line about what is going on, on standard error. */
  tell(line: string): void;
}

/** One command of `usagekit`. */
export interface Command {
  /** As it is typed, such as `keys create`. */
  readonly name: string;
  /** What stands after the name, such as `FILE.csv`. */
  readonly operands: string;
  readonly summary: string;
  /** Flags beside the common ones, with what they are. */
  readonly flags: Readonly<Record<string, string>>;
  /** Flags that take no value. */
  readonly switches?: Readonly<Record<string, string>>;
  /** Gives the exit code. */
  run(input: CommandInput): Promise<number>;
}

/** What was asked for could not be done; the message says all that there is to say. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** The line was typed wrong; the message says how it is typed right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
