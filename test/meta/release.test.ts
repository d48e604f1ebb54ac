import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const address = 'https://git.example.com/usagekit';
const packages = {
  server: '@usagekit/server',
  'server/packages/node': '@usagekit/node',
  'server/packages/usagekit': 'usagekit',
  sdk: '@usagekit/react',
};

/** A repository with the scripts of this one, and packages of the same names that hold one line each. */
describe('npm run release', { timeout: 120_000 }, () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'usagekit-release-'));
    for (const script of ['release.ts', 'published-manifest.ts', 'require-node-24.cjs'])
      copy(`test/support/${script}`);
    for (const file of ['LICENSE', '.changeset/README.md']) copy(file);
    const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
    write('package.json', {
      name: 'repository',
      private: true,
      workspaces: Object.keys(packages),
      scripts: { release: 'node test/support/release.ts' },
    });
    for (const [path, name] of Object.entries(packages)) {
      const toScript = `node ${'../'.repeat(path.split('/').length)}test/support/published-manifest.ts`;
      write(`${path}/package.json`, {
        name,
        version,
        scripts: {
          build: `node -e "fs.writeFileSync('built.js', '')"`,
          prepack: `${toScript} strip`,
          postpack: `${toScript} restore`,
        },
        files: ['built.js'],
      });
    }
    write('.gitignore', 'build\nbuilt.js\n');
    git('init', '--quiet');
    commit();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const release = (...line: string[]) =>
    spawnSync('npm', ['run', '--silent', 'release', '--', ...line], { cwd: folder, encoding: 'utf8' });

  it('F30: builds and packs what is committed, and prints how each package is published, in the order of their needs', () => {
    const { status, stdout, stderr } = release(address, '--untested');
    expect([status, stderr]).toEqual([0, expect.stringContaining('- npm pack')]);
    const released = [...stdout.matchAll(/^(\S+)\n {2}(\S+)\n {2}(npm publish .*)$/gm)];
    const order = ['usagekit-server', 'usagekit-node', 'usagekit-react', 'usagekit'];
    expect(released).toHaveLength(order.length);
    for (const [index, [, file = '', digest, command]] of released.entries()) {
      expect(file).toMatch(new RegExp(`^${order[index]}-\\d+\\.\\d+\\.\\d+\\.tgz$`));
      const tarball = join(folder, 'build/release', file);
      expect(digest).toBe(`sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`);
      expect(command).toBe(`npm publish build/release/${file} --access public --provenance`);
      const packed = execFileSync('tar', ['-xzOf', tarball, 'package/package.json'], { encoding: 'utf8' });
      expect(JSON.parse(packed)).toMatchObject({ repository: { url: `git+${address}.git` } });
      expect(execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' })).toContain('package/built.js');
    }
    expect(git('status', '--porcelain')).toBe('');
  });

  it('F30: says what it needs where the repository is not named', () => {
    const { status, stderr } = release();
    expect([status, stderr]).toEqual([2, expect.stringContaining('Name the public repository')]);
  });

  it('F30: refuses changes that are not committed, and changesets that no version has', () => {
    write('.changeset/a-change.md', "---\n'usagekit': minor\n---\n\nA change.\n");
    expect(release(address, '--untested')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('not committed'),
    });
    commit();
    expect(release(address, '--untested')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('a-change.md'),
    });
  });

  function copy(path: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    copyFileSync(join(repository, path), join(folder, path));
  }

  function write(path: string, content: string | object): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
  }

  function git(...line: string[]): string {
    return execFileSync('git', line, { cwd: folder, encoding: 'utf8' });
  }

  function commit(): void {
    git('add', '--all');
    git('-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '--quiet', '--message', 'all');
  }
});

describe('npm run bump', () => {
  it('F30: writes the lock file too, without which the next installation fails', () => {
    const { scripts } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
    expect(scripts.bump).toContain('changeset version && npm install --package-lock-only');
  });
});
