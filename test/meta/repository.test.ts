import { describe, expect, it } from 'vitest';
import { repositoryFiles, textOf } from './repository-files.ts';

const files = repositoryFiles();
const textFiles = files.filter((path) =>
  /\.([cm]?[jt]sx?|json|md|css|html|ya?ml|sql|txt|csv)$|(^|\/)\.[\w-]+$|^\.ci\//.test(path),
);
const manifest: { scripts: Record<string, string>; workspaces: string[] } = JSON.parse(
  textOf('package.json'),
);

describe('the repository', () => {
  it('keeps its top level to the names that were agreed', () => {
    const allowed = [
      'CONTRIBUTING.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'extension',
      'package-lock.json',
      'package.json',
      'sdk',
      'server',
      'test',
      'tsconfig.json',
    ];
    const names = new Set(files.map((path) => path.split('/')[0] ?? ''));
    expect([...names].filter((name) => !name.startsWith('.') && !allowed.includes(name))).toEqual([]);
  });

  it('has every npm script that a README names', () => {
    const named = files
      .filter((path) => path.endsWith('README.md'))
      .flatMap((path) => [
        ...textOf(path).matchAll(/\bnpm (?:run (?:--silent )?(?<script>\w[\w:-]*)|(?<known>start|test)\b)/g),
      ])
      .map(({ groups }) => groups?.script ?? groups?.known ?? '');
    expect(named).toContain('start');
    expect(named).toContain('test');
    expect([...new Set(named)].filter((name) => !(name in manifest.scripts))).toEqual([]);
  });

  it('has every file and folder that a README, CONTRIBUTING or a decision names', () => {
    // Made by a build, or in the example of what does not exist yet.
    const notThere = [
      'sdk/docs/dist',
      'extension/build/chrome-mv3-prod',
      'app/routes/accounts/get-own-limits.ts',
    ];
    const folders = new Set(
      files.flatMap((path) => path.split('/').map((_, depth, names) => names.slice(0, depth).join('/'))),
    );
    const places = [...files, ...folders].map((path) => `/${path}`);
    const wrong = files
      .filter((path) => path.endsWith('.md') && !path.endsWith('CHANGELOG.md'))
      .flatMap((page) =>
        [
          ...textOf(page)
            .replaceAll(/```[\s\S]*?```/g, '')
            .matchAll(/`([\w./-]+)`/g),
        ]
          .map(([, name = '']) => name.replace(/\/$/, ''))
          .filter((name) => isPlace(name) && !notThere.includes(name))
          .filter((name) => !places.some((place) => place.endsWith(`/${name}`)))
          .map((name) => `${page}: ${name}`),
      );
    expect(wrong).toEqual([]);
  });

  it('gives each decision a number of its own', () => {
    for (const folder of ['server/decisions/', 'sdk/decisions/']) {
      const decisions = files.filter((path) => path.startsWith(folder)).sort();
      const numbers = decisions.map((path) => path.slice(folder.length, folder.length + 3));
      expect(numbers).toEqual(decisions.map((_, index) => String(index + 1).padStart(3, '0')));
      for (const [index, path] of decisions.entries())
        expect(textOf(path)).toContain(`# ${numbers[index]}: `);
    }
  });

  it('begins every script with the check of the Node version', () => {
    for (const script of Object.values(manifest.scripts))
      expect(script).toMatch(/^node test\/support\/require-node-24\.cjs && /);
  });

  it('names no path of the machine that it was written on', () => {
    const homePath = /(?<![\w.:/-])\/(?:home|Users|root|work|workspace|tmp)\/[\w.-]+\//;
    const offending = textFiles
      .filter((path) => path !== 'package-lock.json')
      .flatMap((path) =>
        textOf(path)
          .split('\n')
          .map((line, index) => ({ at: `${path}:${index + 1}`, line })),
      )
      .filter(({ line }) => homePath.test(line))
      .map(({ at, line }) => `${at} ${line.trim()}`);
    expect(offending).toEqual([]);
  });

  it('locks packages of the public registry only', () => {
    const hosts = [...textOf('package-lock.json').matchAll(/"resolved": "(?<url>https?:\/\/[^"]+)"/g)].map(
      ({ groups }) => new URL(groups?.url ?? '').host,
    );
    expect([...new Set(hosts)].filter((host) => host !== 'registry.npmjs.org')).toEqual([]);
  });

  it('pins every version exactly, in every workspace', () => {
    const loose = ['', ...manifest.workspaces.map((name) => `${name}/`)].flatMap((folder) => {
      const { dependencies = {}, devDependencies = {} } = JSON.parse(textOf(`${folder}package.json`));
      return Object.entries<string>({ ...dependencies, ...devDependencies })
        .filter(([, version]) => !/^(npm:[\w@/-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
        .map(([name, version]) => `${folder}package.json ${name} ${version}`);
    });
    expect(loose).toEqual([]);
  });
});

/** A file of the source by its ending, or a path that begins in a folder of the layers. */
function isPlace(name: string): boolean {
  return (
    /\.([cm]?[jt]s|tsx|css)$/.test(name) ||
    /^(server|sdk|extension|test|contract|domain|app|store|node|routes|core|hooks|messages)\/./.test(name)
  );
}
