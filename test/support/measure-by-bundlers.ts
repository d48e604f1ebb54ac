import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import webpack from 'webpack';
import { compressedBytes, measureBundle } from './measure-bundle.ts';

export const bundlers = ['Vite', 'webpack', 'esbuild'] as const;
export type Bundler = (typeof bundlers)[number];

/**
 * What a page has to load at once of each entry, in bytes, minified and compressed as each bundler does it for production. Apart
 * from React, and from the code by which a bundler loads its chunks, which every host has once.
 *
 * @param hostFolder where the kit is installed
 * @param entries code by name
 */
export async function measureByBundler(
  bundler: Bundler,
  hostFolder: string,
  entries: Record<string, string>,
): Promise<Record<string, number>> {
  if (bundler === 'webpack') return measureByWebpack(hostFolder, entries);
  const measured: Record<string, number> = {};
  for (const [name, code] of Object.entries(entries))
    measured[name] =
      bundler === 'Vite'
        ? (await measureBundle(code, hostFolder)).gzipBytes
        : await measureByEsbuild(code, hostFolder);
  return measured;
}

/** As `esbuild --bundle --minify --splitting --format=esm`. */
async function measureByEsbuild(code: string, hostFolder: string): Promise<number> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: hostFolder, sourcefile: 'entry.js' },
    absWorkingDir: hostFolder,
    outdir: join(hostFolder, 'out'),
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    write: false,
    metafile: true,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [standInForReact],
  });
  const needed = neededFiles(metafile);
  return outputFiles
    .filter(({ path }) => [...needed].some((name) => path.endsWith(`/${name}`)))
    .reduce((sum, { contents }) => sum + compressedBytes(contents), 0);
}

/** The files that the entry loads with it, without those that have React alone in them. */
function neededFiles({ outputs }: Metafile): Set<string> {
  const needed = new Set<string>();
  const need = (name: string) => {
    if (needed.has(name)) return;
    needed.add(name);
    for (const { path, kind } of outputs[name]?.imports ?? []) if (kind === 'import-statement') need(path);
  };
  for (const [name, { entryPoint }] of Object.entries(outputs)) if (entryPoint === 'entry.js') need(name);
  for (const name of needed) {
    const inputs = Object.keys(outputs[name]?.inputs ?? {});
    if (inputs.every((input) => input.startsWith('react:'))) needed.delete(name);
  }
  return needed;
}

const reactNames: Record<string, string[]> = {
  react: [
    ...['Children', 'Component', 'Fragment', 'PureComponent', 'Suspense', 'cloneElement', 'createContext'],
    ...[
      'createElement',
      'forwardRef',
      'isValidElement',
      'lazy',
      'memo',
      'useDebugValue',
      'useImperativeHandle',
    ],
    ...['useCallback', 'useContext', 'useDeferredValue', 'useEffect', 'useId', 'useLayoutEffect', 'useMemo'],
    ...['useReducer', 'useRef', 'useState', 'useSyncExternalStore', 'useTransition', 'startTransition'],
  ],
  'react-dom': ['createPortal', 'flushSync'],
  'react/jsx-runtime': ['Fragment', 'jsx', 'jsxs'],
};

/** Names without code. Were React left outside, esbuild would write an import of it for each module, which no app has. */
const standInForReact: Plugin = {
  name: 'stand-in-for-react',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^react(-dom)?($|\/)/ }, ({ path }) => ({ path, namespace: 'react' }));
    onLoad({ filter: /./, namespace: 'react' }, ({ path }) => ({
      contents: `export let ${reactNames[path]?.join(', ')};`,
    }));
  },
};

/** As `webpack --mode production`, with the runtime in a file of its own. */
async function measureByWebpack(
  hostFolder: string,
  entries: Record<string, string>,
): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'usagekit-webpack-'));
  try {
    const settings = Object.entries(entries).map(([name, code]) => {
      // In the host's folder, from which the kit is found.
      const file = join(hostFolder, `entry-of-${name}.js`);
      writeFileSync(file, code);
      return {
        mode: 'production' as const,
        context: hostFolder,
        entry: { [name]: file },
        output: { path: join(folder, name), library: 'Host' },
        optimization: { runtimeChunk: 'single' as const },
        externals: { react: 'React', 'react-dom': 'ReactDOM', 'react/jsx-runtime': 'ReactJsx' },
        performance: false as const,
      };
    });
    const stats = await new Promise<webpack.MultiStats>((resolve, reject) =>
      webpack(settings, (error, made) => (made ? resolve(made) : reject(error))),
    );
    if (stats.hasErrors()) throw new Error(stats.toString({ all: false, errors: true }));
    return Object.fromEntries(
      stats.stats.map((made) => {
        const [[name, { assets = [] }] = ['', {}]] = Object.entries(
          made.toJson({ all: false, entrypoints: true }).entrypoints ?? {},
        );
        const files = assets.filter((asset) => !asset.name.startsWith('runtime'));
        const bytesOf = (file: string) => compressedBytes(readFileSync(join(folder, name, file)));
        return [name, files.reduce((sum, file) => sum + bytesOf(file.name), 0)];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
