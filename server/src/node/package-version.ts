import { readFileSync } from 'node:fs';

let version: string | undefined;

/**
 * The version of the package that contains this file, both in a clone and in a build. It is read once: a server that runs says what it
 * is, also while its files are replaced by those of another version.
 */
export function packageVersion(): string {
  version ??= readVersion();
  return version;
}

function readVersion(): string {
  const manifest: { version?: string } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  return manifest.version ?? '0.0.0';
}
