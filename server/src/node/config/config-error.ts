import { mistakeLine } from '../../contract/http/mistake-words.ts';
import type { InvalidParameter } from '../../contract/http/problem.ts';

/** A setting is missing or wrong; the message begins with its name. */
export class ConfigError extends Error {
  override readonly name: string = 'ConfigError';
  /** What is wrong in the file that it names, part by part; the message has it too. */
  readonly invalidParameters: readonly InvalidParameter[];
  /** The message without them. */
  readonly summary: string;

  constructor(
    variable: string,
    detail: string,
    {
      invalidParameters = [],
      cause,
    }: { cause?: unknown; invalidParameters?: readonly InvalidParameter[] } = {},
  ) {
    const summary = `${variable}: ${detail}`;
    const lines = invalidParameters.map((mistake) => `\n  ${mistakeLine(mistake)}`);
    super(`${summary}${lines.length === 0 ? '' : ':'}${lines.join('')}`, { cause });
    this.summary = summary;
    this.invalidParameters = invalidParameters;
  }
}

/** The setting was typed as a flag, so the line was typed wrong. */
export class FlagError extends ConfigError {
  override readonly name = 'FlagError';
}
