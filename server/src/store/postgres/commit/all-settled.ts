/**
 * Waits for all of what was sent at once, also when one of it failed: the connection must be at rest before the next
 * thing is done with it.
 */
export async function allSettledOrThrow<const Values extends readonly unknown[]>(
  promises: Values,
): Promise<{ -readonly [Index in keyof Values]: Awaited<Values[Index]> }> {
  const settled = await Promise.allSettled(promises);
  const failed = settled.find((each) => each.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return (await Promise.all(promises)) as { -readonly [Index in keyof Values]: Awaited<Values[Index]> };
}
