/**
 * Waits for all statements that were sent together, also if one of them failed: the connection must be idle before it is used
 * again.
 */
export async function allSettledOrThrow<const Values extends readonly unknown[]>(
  promises: Values,
): Promise<{ -readonly [Index in keyof Values]: Awaited<Values[Index]> }> {
  const settled = await Promise.allSettled(promises);
  const failed = settled.find((each) => each.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return (await Promise.all(promises)) as { -readonly [Index in keyof Values]: Awaited<Values[Index]> };
}
