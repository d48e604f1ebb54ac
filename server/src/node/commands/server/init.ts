import { existsSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type CatalogTemplate, catalogTemplateNames } from '../../../catalogs/index.ts';
import { askForProject, type ProjectChoice } from '../../init/ask-for-project.ts';
import { type Framework, frameworks, type ProjectFile, projectOf } from '../../init/project-files.ts';
import { templateText } from '../../init/template-text.ts';
import { type Command, UsageError } from '../command.ts';

const defaultFile = 'usagekit.catalog.ts';

/**
 * `usagekit init`: writes the catalog of a product of some kind, with comments, to be changed; and for a framework the routes that
 * the widgets ask, a provider and a first test. In a terminal it asks what it was not told; elsewhere, and with
 * `--template`, `--framework` or `--json`, it asks nothing. A file that is there is left as it is, and told.
 */
export const initCommand: Command = {
  name: 'init',
  operands: '',
  summary: 'Sets up a project: writes a catalog, routes, a provider and a first test',
  flags: {
    framework: `Framework: ${frameworks.join(', ')}; none by default, which writes only the catalog`,
    template: `Example to start from: ${catalogTemplateNames.join(', ')}; ${catalogTemplateNames[0]} by default`,
    file: `Catalog file to write; ${defaultFile} by default`,
    folder: 'Folder of the project; the current folder by default',
  },
  json: { prints: 'one', of: ['written', 'left', 'steps'] },
  async run({ flags, isJson, answer, print, tell }) {
    const { file = defaultFile, folder = '.' } = flags;
    const choice = await choiceOf(flags, !isJson);
    if (choice === null) {
      tell('Nothing was written.');
      return 1;
    }
    const project = projectOf(choice.framework, existsSync(join(folder, 'src')) ? 'src/' : '');
    const catalog = { path: file, text: templateText(choice.template) };
    const written: string[] = [];
    const left: string[] = [];
    for (const { path, text } of [catalog, ...project.files]) {
      if (await isWritten(folder, { path, text })) {
        written.push(path);
        print(`wrote ${path}`);
      } else left.push(path);
    }
    for (const path of left) tell(`${path} is there already and was left as it is.`);
    // A catalog under another name is one flag away; whatever else is there belongs to the project.
    const isAllLeft = left.includes(file) && project.files.length === 0;
    const steps = isAllLeft ? [] : nextSteps(file, project);
    if (isAllLeft) tell('--file names another.');
    answer({ written, left, steps }, ...steps.map((step, index) => `${index + 1}. ${step}`));
    return isAllLeft ? 1 : 0;
  },
};

/** The command, and the types of the catalog. */
const catalogPackages = ['usagekit', '@usagekit/server'];

function nextSteps(file: string, project: ReturnType<typeof projectOf>): string[] {
  const installs = [
    ...(project.packages.length > 0 ? [`npm install ${project.packages.join(' ')}`] : []),
    `npm install --save-dev ${[...catalogPackages, ...project.devPackages].join(' ')}`,
  ];
  return [
    ...installs,
    `Start the server with your catalog: npx usagekit serve --catalog ${file}`,
    ...project.steps,
  ];
}

async function choiceOf(
  flags: Readonly<Record<string, string | undefined>>,
  mayAsk: boolean,
): Promise<ProjectChoice | null> {
  const framework = flags.framework === undefined ? undefined : one(frameworks, flags.framework, 'framework');
  const template =
    flags.template === undefined ? undefined : one(catalogTemplateNames, flags.template, 'template');
  const isAsked =
    mayAsk &&
    framework === undefined &&
    template === undefined &&
    process.stdin.isTTY &&
    process.stdout.isTTY;
  if (isAsked) return askForProject({ input: process.stdin, output: process.stdout });
  return { framework: framework ?? 'none', template: template ?? defaultTemplate };
}

const defaultTemplate = catalogTemplateNames[0] as CatalogTemplate;

function one<Name extends CatalogTemplate | Framework>(
  names: readonly Name[],
  given: string,
  what: string,
): Name {
  const name = names.find((known) => known === given);
  if (name === undefined)
    throw new UsageError(`There is no ${what} '${given}'; there are ${names.join(', ')}.`);
  return name;
}

/** False where a file of that name is there, which stays as it is. */
async function isWritten(folder: string, { path, text }: ProjectFile): Promise<boolean> {
  const target = resolve(folder, path);
  await mkdir(dirname(target), { recursive: true });
  try {
    const file = await open(target, 'wx');
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (isExisting(error)) return false;
    throw error;
  }
}

function isExisting(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
