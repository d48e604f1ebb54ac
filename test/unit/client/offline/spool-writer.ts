import { openFileSpool } from '@usagekit/server/client/spool';

/** Appends without end and tells each key once its entry is promised; the test kills it. */
const spool = await openFileSpool({ directory: process.argv[2] ?? '' });
for (let round = 0; ; round += 1) {
  const keys = [0, 1, 2].map((each) => `key-${round}-${each}`);
  await Promise.all(
    keys.map((idempotencyKey) =>
      spool.append({
        key: 'POST /v1/consume',
        sent: { body: { accountId: 'acme', items: [{ metric: 'emails', quantity: '1' }] } },
        idempotencyKey,
        at: '2026-06-10T12:00:00.000Z',
      }),
    ),
  );
  process.stdout.write(`${keys.join('\n')}\n`);
}
