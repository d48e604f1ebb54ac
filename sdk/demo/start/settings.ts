import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../../..');

export interface Settings {
  root: string;
  /** Holds the SQLite file, the keys and the built app; git ignores it. */
  dataFolder: string;
  /** The first port to try; 0 for any that is free. */
  serverPort: number;
  appPort: number;
  buildsExtension: boolean;
  extensionFolder: string;
}

/** What the environment asks for. Throws for a port that is not valid. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  return {
    root,
    dataFolder: environment.DEMO_DATA ? resolve(environment.DEMO_DATA) : join(root, '.usagekit'),
    serverPort: readPort('USAGEKIT_PORT', environment.USAGEKIT_PORT, 4310),
    appPort: readPort('DEMO_PORT', environment.DEMO_PORT ?? environment.PORT, 4311),
    buildsExtension: environment.DEMO_EXTENSION !== 'off',
    extensionFolder: join(root, 'extension/build/chrome-mv3-prod'),
  };
}

function readPort(name: string, text: string | undefined, byDefault: number): number {
  if (text === undefined || text === '') return byDefault;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`${name} is '${text}'. A port is a whole number from 0 to 65535.`);
}
