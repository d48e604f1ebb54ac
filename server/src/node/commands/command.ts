import type { Api as Routes } from '../../contract/api.ts';
import type { Flags } from '../config/config.ts';

/** The surroundings of a command. */
export interface CommandInput {
  readonly flags: Flags;
  /** Flags without a value that were given. */
  readonly switches?: ReadonlySet<string>;
  /** The arguments that are not flags. */
  readonly operands: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** Whether the line has `--json`. */
  readonly isJson: boolean;
  /** What the command found or did: under `--json` the object, on a line of standard output, and otherwise the lines for people. */
  answer(found: object, ...lines: readonly string[]): void;
  /** A line for people or for a pipe, on standard output; nothing under `--json`. */
  print(line: string): void;
  /** A line for people on standard error, such as progress; nothing under `--json`. */
  tell(line: string): void;
}

/** What a command prints under `--json`. Everything else that it says is for people and is left out. */
export interface JsonAnswer {
  /** `one` object, or `lines` of one object each, as they come. */
  readonly prints: 'one' | 'lines';
  /** The route that answers the same (the same as each item of its list), or the object's fields. */
  readonly of: keyof Routes | readonly string[];
  /** With other flags it is something else. */
  readonly otherwise?: string;
}

/** For help and README. */
export function wordsOf({ prints, of, otherwise }: JsonAnswer): string {
  const object = prints === 'one' ? 'One JSON object' : 'A JSON object a line';
  const what =
    typeof of !== 'string'
      ? `: ${of.join(', ')}`
      : `, as ${of} ${prints === 'lines' && of.startsWith('GET ') ? 'lists it' : 'answers it'}`;
  return `${object}${what}${otherwise === undefined ? '' : `; ${otherwise}`}`;
}

/** One command of `usagekit`. */
export interface Command {
  /** As it is typed, such as `keys create`. */
  readonly name: string;
  /** The arguments after the name, such as `FILE.csv`. */
  readonly operands: string;
  readonly summary: string;
  /** The command's own flags with their descriptions. */
  readonly flags: Readonly<Record<string, string>>;
  /** Flags that take no value. */
  readonly switches?: Readonly<Record<string, string>>;
  /** What `--json` prints, which every command takes. */
  readonly json: JsonAnswer;
  /**
   * What it does where nobody takes its output any more. It `ends` where there is nothing to it but its output; it `serves` on where it is
   * a server. Every other command does its work to the end.
   */
  readonly withoutReader?: 'ends' | 'serves';
  /** Gives the exit code. */
  run(input: CommandInput): Promise<number>;
}

/** Why a command could not do its work, in a word that a script can ask for. */
export type CommandErrorCode =
  | 'file_not_found'
  | 'file_exists'
  | 'not_a_price_table'
  | 'package_missing'
  | 'forbidden'
  | 'output_is_terminal'
  | 'damaged'
  | 'does_not_add_up'
  | 'unreadable_account'
  | 'interrupted'
  | 'move_refused';

/** The command could not do its work; the message says why, and the hint what to do. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly code: CommandErrorCode;
  readonly hint: string | null;

  constructor(
    code: CommandErrorCode,
    message: string,
    { hint = null, ...options }: ErrorOptions & { readonly hint?: string | null } = {},
  ) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }
}

/** The line was typed wrong; the message says how it is typed right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
