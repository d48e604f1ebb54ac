import type { Readable, Writable } from 'node:stream';
import { isCancel, type Option, select } from '@clack/prompts';
import { type CatalogTemplate, catalogTemplateNames } from '../../catalogs/index.ts';
import type { Framework } from './project-files.ts';

export interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
}

export interface ProjectChoice {
  readonly framework: Framework;
  readonly template: CatalogTemplate;
}

const frameworkWords: Readonly<Record<Framework, string>> = {
  next: 'Next (app router)',
  vite: 'Vite and React',
  express: 'Express',
  hono: 'Hono',
  none: 'None of these: only the catalog',
};

/** Asks in a terminal what `usagekit init` was not told. Null where the person leaves. */
export async function askForProject(terminal: Terminal): Promise<ProjectChoice | null> {
  const framework = await ask('Which framework?', optionsOf(frameworkWords), terminal);
  if (framework === null) return null;
  const template = await ask('Which product is yours like?', templateOptions, terminal);
  return template === null ? null : { framework, template };
}

const templateOptions: Option<CatalogTemplate>[] = catalogTemplateNames.map((value) => ({
  value,
  label: value,
}));

function optionsOf<Name extends string>(words: Readonly<Record<Name, string>>): Option<Name>[] {
  return (Object.keys(words) as Name[]).map((value) => ({ value, label: words[value] }) as Option<Name>);
}

async function ask<Name extends string>(
  message: string,
  options: Option<Name>[],
  { input, output }: Terminal,
): Promise<Name | null> {
  const answer = await select({ message, options, input, output });
  return isCancel(answer) ? null : answer;
}
