import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type PackedWorkspaceName, packWorkspace } from './packed-workspace.ts';
import { run } from './run-program.ts';

export { publicRepository } from './packed-workspace.ts';
export { run } from './run-program.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A package as a user gets it: built, packed, and unpacked in a folder that has what it declares and nothing else. */
export interface PublishedPackage {
  name: string;
  tarball: string;
  /** The copy of the workspace that was packed. */
  packedFrom: string;
  /** Where a host's own files can lie: `node_modules` next to them holds the package. */
  hostFolder: string;
  /** The unpacked package. */
  folder: string;
  manifest: Manifest;
  remove: () => void;
}

export interface Manifest {
  version: string;
  exports: Record<string, string | { types?: string; default: string }>;
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  scripts?: Record<string, string>;
  repository?: { url: string; directory: string };
}

export function publishPackage(workspace: PackedWorkspaceName, alsoInstalled: string[]): PublishedPackage {
  const { tarball, packedFrom } = packWorkspace(workspace);
  const hostFolder = mkdtempSync(join(tmpdir(), 'usagekit-host-'));
  const { name }: { name: string } = JSON.parse(readFileSync(join(packedFrom, 'package.json'), 'utf8'));
  const folder = join(hostFolder, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  run('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1'], root);
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const installed = { ...manifest.dependencies, ...manifest.peerDependencies };
  for (const dependency of [...Object.keys(installed), ...alsoInstalled])
    linkInstalled(dependency, workspace, hostFolder);
  return {
    name,
    tarball,
    packedFrom,
    hostFolder,
    folder,
    manifest,
    remove: () => rmSync(hostFolder, { recursive: true, force: true }),
  };
}

function linkInstalled(dependency: string, workspace: string, hostFolder: string): void {
  const link = join(hostFolder, 'node_modules', dependency);
  mkdirSync(dirname(link), { recursive: true });
  const nested = join(root, workspace, 'node_modules', dependency);
  const hoisted = join(root, 'node_modules', dependency);
  symlinkSync(isThere(nested) ? nested : hoisted, link, 'junction');
}

function isThere(folder: string): boolean {
  try {
    readFileSync(join(folder, 'package.json'));
    return true;
  } catch {
    return false;
  }
}
