import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CatalogConfig } from '../../contract/catalog/catalog.ts';
import { catalogConfig } from '../../contract/catalog/catalog-schemas.ts';
import { ConfigError } from '../config/config-error.ts';

/**
 * The catalog in a file: JSON, or a module (`.ts`, `.js`, `.mjs`) that exports it as default.
 * @throws ConfigError that names the file and everything that is wrong with the form of what it holds.
 */
export async function loadCatalog(file: string, variable: string): Promise<CatalogConfig> {
  const parsed = catalogConfig.safeParse(await readCatalogFile(file, variable));
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  /${issue.path.join('/')}: ${issue.message}`);
  throw new ConfigError(variable, `${file} is no catalog:\n${lines.join('\n')}`);
}

async function readCatalogFile(file: string, variable: string): Promise<unknown> {
  try {
    if (file.endsWith('.json')) return JSON.parse(await readFile(file, 'utf8'));
    const module: { default?: unknown } = await import(pathToFileURL(resolve(file)).href);
    return module.default;
  } catch (cause) {
    throw new ConfigError(variable, `${file} cannot be read: ${messageOf(cause)}`, { cause });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
