import { HttpHandler } from 'msw2';
import { setupServer } from 'msw2/node';
import manifest from 'msw2/package.json' with { type: 'json' };
import { vi } from 'vitest';
import { describeMockInMsw, type MswUnderTest } from './msw-suite.ts';

// In a host that has the second major, `msw` is that one.
vi.mock('msw', () => import('msw2'));

describeMockInMsw({
  name: 'MSW 2',
  version: manifest.version,
  // The same handlers bear the types of the major that this repository compiles with.
  setupServer: setupServer as unknown as MswUnderTest['setupServer'],
  HttpHandler,
});
