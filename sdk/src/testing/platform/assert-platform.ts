declare const process: { env: Record<string, string | undefined> };

const needed = [
  'Request',
  'Response',
  'Headers',
  'ReadableStream',
  'TransformStream',
  'TextEncoder',
  'structuredClone',
];

/** @throws Error in production, and where the platform lacks what the server in the mock is made of. */
export function assertPlatform({ allowInProduction = false }: { allowInProduction?: boolean }): void {
  if (isProduction() && !allowInProduction) {
    throw new Error(
      "The mock is made in production (NODE_ENV is 'production'); accepted are development and test, or allowInProduction: true.",
    );
  }
  const missing = needed.filter((name) => !(name in globalThis));
  if (missing.length > 0) {
    throw new Error(
      `The mock needs ${missing.join(', ')}, which this environment hides; accepted are Node 22 or a browser (in Jest with jsdom the environment jest-fixed-jsdom).`,
    );
  }
}

/** Bundlers put the value in the place of `process.env.NODE_ENV`; in a browser without one there is no `process`. */
function isProduction(): boolean {
  try {
    return process.env.NODE_ENV === 'production';
  } catch {
    return false;
  }
}
