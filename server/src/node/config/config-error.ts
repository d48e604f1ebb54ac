/** A setting is missing or wrong; the message begins with its name. */
export class ConfigError extends Error {
  override readonly name: string = 'ConfigError';

  constructor(variable: string, detail: string, options?: { cause?: unknown }) {
    super(`${variable}: ${detail}`, options);
  }
}

/** The setting was typed as a flag, so the line was typed wrong. */
export class FlagError extends ConfigError {
  override readonly name = 'FlagError';
}
