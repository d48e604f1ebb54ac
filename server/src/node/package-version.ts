import { readFileSync } from 'node:fs';

/** The version of the package that this file is part of, in a clone and in what was built. */
export function packageVersion(): string {
  const manifest: { version?: string } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  return manifest.version ?? '0.0.0';
}
