/** A setting is missing or wrong; the message begins with its name. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(variable: string, detail: string, options?: { cause?: unknown }) {
    super(`${variable}: ${detail}`, options);
  }
}
