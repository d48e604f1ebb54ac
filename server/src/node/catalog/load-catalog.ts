import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describeIssues, issuesOf } from '../../app/http/request/describe-issues.ts';
import type { CatalogConfig } from '../../contract/catalog/catalog.ts';
import { catalogConfig } from '../../contract/catalog/catalog-schemas.ts';
import { ConfigError } from '../config/config-error.ts';
import { jsonFault } from './json-fault.ts';

/**
 * The catalog in a file: JSON, or a module (`.ts`, `.js`, `.mjs`) that exports it as default.
 * @param setting the flag or variable that named the file, for errors
 * @throws ConfigError that names the file and everything that is wrong with the form of what it holds.
 */
export async function loadCatalog(file: string, setting: string): Promise<CatalogConfig> {
  if (!existsSync(file)) throw new ConfigError(setting, `${file} is not there`);
  const read = await readCatalogFile(file, setting);
  const parsed = catalogConfig.safeParse(read);
  if (parsed.success) return parsed.data;
  const invalidParameters = describeIssues(issuesOf(catalogConfig, read)).map((mistake) => ({
    ...mistake,
    pointer: mistake.pointer || 'The catalog',
  }));
  throw new ConfigError(setting, `${file} is no catalog`, { invalidParameters });
}

async function readCatalogFile(file: string, setting: string): Promise<unknown> {
  if (file.endsWith('.json')) return readJsonFile(file, setting);
  let module: { default?: unknown };
  try {
    module = await import(pathToFileURL(resolve(file)).href);
  } catch (cause) {
    throw new ConfigError(setting, `${file} cannot be read: ${messageOf(cause, file)}`, { cause });
  }
  if (module.default === undefined)
    throw new ConfigError(
      setting,
      `${file} has no default export: write 'export default' before the catalog`,
    );
  return module.default;
}

async function readJsonFile(file: string, setting: string): Promise<unknown> {
  const cannotBeRead = (message: string, cause: unknown) =>
    new ConfigError(setting, `${file} cannot be read: ${message}`, { cause });
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw cannotBeRead(messageOf(cause, file), cause);
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    const fault = jsonFault(text);
    throw cannotBeRead(
      fault === undefined
        ? messageOf(cause, file)
        : `it is no JSON from line ${fault.line}, column ${fault.column} on`,
      cause,
    );
  }
}

/** With the line of a syntax error in a module, which only a process of its own tells. */
function messageOf(error: unknown, file: string): string {
  if (!(error instanceof Error)) return String(error);
  if (!(error instanceof SyntaxError)) return error.message;
  const { stderr } = spawnSync(process.execPath, ['--check', resolve(file)], { encoding: 'utf8' });
  const [, line] = /^\S.*:(\d+)\n/.exec(stderr) ?? [];
  return line === undefined ? error.message : `${error.message} (line ${line})`;
}
