import { open } from 'node:fs/promises';
import { type CatalogTemplate, catalogTemplateNames } from '../../catalogs/index.ts';
import { templateText } from '../init-template.ts';
import { type Command, UsageError } from './command.ts';

const defaultFile = 'usagekit.catalog.ts';

/** `usagekit init`: writes the catalog of a product of some kind, with comments, to be changed. It asks nothing. */
export const initCommand: Command = {
  name: 'init',
  operands: '',
  summary: 'Writes a commented catalog to begin with',
  flags: {
    template: `Which product it is like: ${catalogTemplateNames.join(', ')}; ${catalogTemplateNames[0]} by default`,
    file: `Where to; ${defaultFile} by default. A file that is there is left alone`,
  },
  async run({ flags, print, tell }) {
    const name = flags.template ?? catalogTemplateNames[0] ?? '';
    if (!isTemplate(name))
      throw new UsageError(`There is no template '${name}'; there are ${catalogTemplateNames.join(', ')}.`);
    const path = flags.file ?? defaultFile;
    try {
      const file = await open(path, 'wx');
      try {
        await file.writeFile(templateText(name));
      } finally {
        await file.close();
      }
    } catch (error) {
      if (!isExisting(error)) throw error;
      tell(`${path} is there already and was left as it is; --file names another.`);
      return 1;
    }
    print(`${path} holds the catalog '${name}'. Start with it: usagekit serve --catalog ${path}`);
    return 0;
  },
};

function isTemplate(name: string): name is CatalogTemplate {
  return (catalogTemplateNames as readonly string[]).includes(name);
}

function isExisting(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}
