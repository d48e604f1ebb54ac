import { HttpHandler } from 'msw';
import { setupServer } from 'msw/node';
import manifest from 'msw/package.json' with { type: 'json' };
import { describeMockInMsw } from './msw-suite.ts';

describeMockInMsw({ name: 'MSW 3', version: manifest.version, setupServer, HttpHandler });
