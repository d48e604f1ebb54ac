const portsTriedMax = 50;

/** Opens something on the port, or on the next one that nothing listens on. 0 takes any. */
export async function openOnFreePort<Opened>(
  from: number,
  open: (port: number) => Promise<Opened>,
): Promise<Opened> {
  for (let port = from; ; port++) {
    try {
      return await open(port);
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!taken || port >= from + portsTriedMax) throw error;
    }
  }
}
