export { type MockCommandOutput, runMockCommand } from './node/command.ts';
export { type Listening, type ListenOptions, listen } from './node/listen.ts';
export { type PlaywrightPage, route } from './node/route.ts';
