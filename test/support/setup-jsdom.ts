import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';
import { patience } from './patience.ts';

// Testing Library cleans up by itself only where the test framework's hooks are globals, and here they are imported.
afterEach(cleanup);

// What is waited for comes from a real server in memory, and machines that run many tests at once are slow; so do parts whose code is loaded when they are first shown.
configure({ asyncUtilTimeout: patience.timeout });
