import type { StoredCatalog } from '../../../contract/catalog/catalog-view.ts';
import { paths } from '../../../contract/http/paths.ts';
import { loadCatalog } from '../../catalog/load-catalog.ts';
import { type CatalogChange, diffCatalogs } from '../../trials/diff-catalogs.ts';
import { type Command, UsageError } from '../command.ts';
import { type Api, apiFlags, withApi } from '../open-api.ts';

/** `usagekit catalog diff FILE`: what a catalog says otherwise than the server's latest, or than another version. */
export const catalogDiffCommand: Command = {
  name: 'catalog diff',
  operands: 'CATALOG',
  summary: 'Tells what a catalog (a file, or the number of a version) says otherwise than the latest version',
  flags: { than: 'another version to compare with, by its number; the latest by default', ...apiFlags },
  json: { prints: 'lines', of: ['at', 'before', 'after'] },
  async run(input) {
    const [named] = input.operands;
    if (named === undefined) throw new UsageError('usagekit catalog diff CATALOG');
    await withApi(input, async (api) => {
      const before = await readVersion(api, input.flags.than);
      const after = /^\d+$/.test(named)
        ? (await readVersion(api, named)).config
        : await loadCatalog(named, 'CATALOG');
      const changes = diffCatalogs(before.config, after);
      for (const change of changes) input.answer(change, lineOf(change));
      input.tell(
        changes.length === 0
          ? `It says the same as version ${before.version}.`
          : `${changes.length} ${changes.length === 1 ? 'change' : 'changes'} since version ${before.version}.`,
      );
    });
    return 0;
  },
};

/** The latest where none is named. */
export async function readVersion(api: Api, version: string | undefined): Promise<StoredCatalog> {
  const number =
    version ??
    String(
      (await api.call<{ items: { version: number }[] }>('GET', `${paths.catalogVersions}?limit=1`)).items[0]
        ?.version ?? 0,
    );
  return api.call<StoredCatalog>('GET', paths.catalogVersion(number));
}

function lineOf({ at, before, after }: CatalogChange): string {
  if (before === null) return `+ ${at}: ${after}`;
  if (after === null) return `- ${at}: ${before}`;
  return `  ${at}: ${before} -> ${after}`;
}
