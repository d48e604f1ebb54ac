import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run-program.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const packedFolder = join(root, 'test/.results/packed');

/** Where a release says that the repository is. */
export const publicRepository = 'https://git.example.com/usagekit';

export type PackedWorkspaceName = 'server' | 'server/packages/node' | 'server/packages/usagekit' | 'sdk';

export interface PackedWorkspace {
  tarball: string;
  /** The copy of the workspace that was packed. */
  packedFrom: string;
}

/** Everything that a package is made of. */
const madeOf = [
  'server',
  'sdk',
  'test/support/published-manifest.ts',
  'LICENSE',
  'package-lock.json',
  'package.json',
  'tsconfig.json',
];
/** Made by builds, installed, or of no package. */
const leftOut = /[/\\](node_modules|dist|\.data|sdk[/\\](demo|gallery|console|docs))$/;

/**
 * Builds and packs a workspace as a release does. Tests of several files need the same package, so the tarball is kept for as long
 * as nothing changes of what it is made of.
 */
export function packWorkspace(workspace: PackedWorkspaceName): PackedWorkspace {
  const name = workspace.replaceAll('/', '-');
  const kept = join(packedFolder, `${name}@${contentHash()}`);
  if (!existsSync(kept)) {
    mkdirSync(packedFolder, { recursive: true });
    for (const earlier of readdirSync(packedFolder))
      if (earlier.startsWith(`${name}@`)) rmSync(join(packedFolder, earlier), { recursive: true });
    // Named in the end, so that a run that was stopped midway leaves nothing that is taken for a package.
    const folder = `${kept}.${process.pid}`;
    run('npm', ['run', 'build', '--silent', '--if-present', '--workspace', workspace], root);
    const packedFrom = copyToPack(workspace, join(folder, 'repository'));
    run('npm', ['pack', '--silent', '--pack-destination', folder], packedFrom, {
      USAGEKIT_REPOSITORY: publicRepository,
    });
    renameSync(folder, kept);
  }
  const [file] = readdirSync(kept).filter((each) => each.endsWith('.tgz'));
  if (file === undefined) throw new Error(`npm pack packed nothing of ${workspace}.`);
  return { tarball: join(kept, file), packedFrom: join(kept, 'repository', workspace) };
}

/** A copy with all that npm packs: packing changes the manifest for a moment, which other tests resolve packages by. */
function copyToPack(workspace: string, copy: string): string {
  for (const path of [workspace, 'test/support/published-manifest.ts', 'LICENSE']) {
    cpSync(join(root, path), join(copy, path), {
      recursive: true,
      filter: (source) => !/[/\\](node_modules|demo|gallery|docs)$/.test(source),
    });
  }
  return join(copy, workspace);
}

function contentHash(): string {
  const hash = createHash('sha256');
  const add = (path: string) => {
    if (leftOut.test(path)) return;
    if (!statSync(path).isDirectory()) hash.update(path.slice(root.length)).update(readFileSync(path));
    else for (const name of readdirSync(path).sort()) add(join(path, name));
  };
  for (const path of madeOf) add(join(root, path));
  return hash.digest('hex').slice(0, 16);
}
