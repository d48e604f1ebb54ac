import { readFileSync } from 'node:fs';

/** The version of the package that contains this file, both in a clone and in a build. */
export function packageVersion(): string {
  const manifest: { version?: string } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  return manifest.version ?? '0.0.0';
}
