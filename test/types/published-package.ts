import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where a release says that the repository is. */
export const publicRepository = 'https://git.example.com/usagekit';

/** A package as a user gets it: built, packed, and unpacked in a folder that has what it declares and nothing else. */
export interface PublishedPackage {
  name: string;
  tarball: string;
  /** The copy of the workspace that was packed. */
  packedFrom: string;
  /** Where a host's own files can lie: `node_modules` beside them holds the package. */
  hostFolder: string;
  /** The unpacked package. */
  folder: string;
  manifest: Manifest;
  remove: () => void;
}

export interface Manifest {
  exports: Record<string, string | { types?: string; default: string }>;
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  scripts?: Record<string, string>;
  repository?: { url: string; directory: string };
}

export function publishPackage(
  workspace: 'server' | 'server/packages/node' | 'server/packages/usagekit' | 'sdk',
  alsoInstalled: string[],
): PublishedPackage {
  const hostFolder = mkdtempSync(join(tmpdir(), 'usagekit-host-'));
  run('npm', ['run', 'build', '--silent', '--if-present', '--workspace', workspace], root);
  const packedFrom = copyToPack(workspace, join(hostFolder, '.repository'));
  const packed = run('npm', ['pack', '--silent', '--json', '--pack-destination', hostFolder], packedFrom, {
    USAGEKIT_REPOSITORY: publicRepository,
  });
  const { name, filename } = packedFile(packed);
  const folder = join(hostFolder, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  run('tar', ['-xzf', join(hostFolder, filename), '-C', folder, '--strip-components=1'], root);
  const manifest: Manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const installed = { ...manifest.dependencies, ...manifest.peerDependencies };
  for (const dependency of [...Object.keys(installed), ...alsoInstalled])
    linkInstalled(dependency, workspace, hostFolder);
  return {
    name,
    tarball: join(hostFolder, filename),
    packedFrom,
    hostFolder,
    folder,
    manifest,
    remove: () => rmSync(hostFolder, { recursive: true, force: true }),
  };
}

/** A copy with all that npm packs: packing changes the manifest for a moment, which other tests resolve packages by. */
function copyToPack(workspace: string, copy: string): string {
  for (const path of [workspace, 'test/support/published-manifest.ts', 'LICENSE']) {
    cpSync(join(root, path), join(copy, path), {
      recursive: true,
      filter: (source) => !/[/\\](node_modules|src|demo|gallery)$/.test(source),
    });
  }
  return join(copy, workspace);
}

/** Runs a program and gives what it wrote; where it fails, the error says what it wrote. */
export function run(program: string, args: string[], cwd: string, variables: NodeJS.ProcessEnv = {}): string {
  const env = { ...process.env, ...variables };
  try {
    return execFileSync(program, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
  }
}

function packedFile(json: string): { name: string; filename: string } {
  const packed: unknown = JSON.parse(json);
  // npm 11 lists what it packed, npm 12 keys it by name.
  const [file] = Object.values(packed as Record<string, { name: string; filename: string }>);
  if (file === undefined) throw new Error(`npm pack packed nothing: ${json}`);
  return file;
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
