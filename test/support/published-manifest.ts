/**
 * Makes a package's folder what is published while npm packs it, and puts it back afterwards.
 *
 * Out of the manifest go: the `source` condition, which points at files that are not published and which a host may use for
 * its own; scripts and devDependencies, which mean something in this repository alone. Pinned versions become ranges, so
 * that a host gets patches and shares what it has already; the lock file pins them here. The licence comes along.
 *
 * `USAGEKIT_REPOSITORY`, the address of the public repository, becomes the manifest's `repository`, `homepage` and `bugs`, and turns the
 * README's links to other parts of the repository into links that work on a registry's page.
 *
 * Runs in the package's folder: `strip` as its `prepack`, `restore` as its `postpack`.
 */
import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const manifestFile = 'package.json';
const readmeFile = 'README.md';
const licenceFile = 'LICENSE';
const kept = (file: string) => `.${file}.kept`;

const [step] = process.argv.slice(2);
if (step === 'strip') strip();
else if (step === 'restore') restore();
else throw new Error(`'${step}' is no step. Ask for 'strip' or 'restore'.`);

function strip(): void {
  // A pack that was broken off has left the folder as it is published.
  if (existsSync(kept(manifestFile))) restore();
  const repository = process.env.USAGEKIT_REPOSITORY;
  copyFileSync(manifestFile, kept(manifestFile));
  const { scripts, devDependencies, ...manifest } = JSON.parse(readFileSync(manifestFile, 'utf8'));
  for (const target of Object.values<string | { source?: string }>(manifest.exports ?? {})) {
    if (typeof target === 'object') delete target.source;
  }
  for (const [name, version] of Object.entries<string>(manifest.dependencies ?? {}))
    manifest.dependencies[name] = rangeOf(version);
  if (repository !== undefined) Object.assign(manifest, repositoryFields(repository));
  writeFileSync(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`);
  copyFileSync(`${root}${licenceFile}`, licenceFile);
  if (!existsSync(readmeFile)) return;
  copyFileSync(readmeFile, kept(readmeFile));
  writeFileSync(readmeFile, linkedReadme(readFileSync(readmeFile, 'utf8'), repository));
}

function restore(): void {
  renameSync(kept(manifestFile), manifestFile);
  if (existsSync(kept(readmeFile))) renameSync(kept(readmeFile), readmeFile);
  rmSync(licenceFile, { force: true });
}

/** What a host may have instead of the version that is pinned here: any later one that promises to be compatible. */
function rangeOf(version: string): string {
  return /^\d/.test(version) ? `^${version}` : version;
}

function folderInRepository(): string {
  return relative(root, process.cwd()).split(sep).join('/');
}

function repositoryFields(url: string): object {
  return {
    repository: { type: 'git', url: `git+${url}.git`, directory: folderInRepository() },
    homepage: `${url}#readme`,
    bugs: `${url}/issues`,
  };
}

/** A link to a file that is not published becomes one to the repository; without an address only its words stay. */
function linkedReadme(text: string, repository: string | undefined): string {
  return text.replace(
    /(?<!!)\[([^\]]*)\]\((?!https?:|#|mailto:)([^)#]*)(#[^)]*)?\)/g,
    (link, words, path, anchor = '') => {
      if (path === '') return link;
      const target = posix.normalize(posix.join(folderInRepository(), dirname(readmeFile), path));
      return repository === undefined ? words : `[${words}](${repository}/blob/main/${target}${anchor})`;
    },
  );
}
