import { expect, it } from 'vitest';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer } from '../support/test-server.ts';

it('F21: a catalog that is put gives others their turn between parsing, compiling, reading, writing and showing it', async () => {
  let turns = 0;
  const server = createTestServer({
    afterTurn: (run) => {
      turns += 1;
      setImmediate(run);
    },
  });
  await server.app.ready();
  const before = turns;
  const { status } = await server.send('PUT', '/v1/catalog', smallCatalogConfig);
  expect(status).toBe(200);
  expect(turns - before).toBeGreaterThanOrEqual(4);
});
