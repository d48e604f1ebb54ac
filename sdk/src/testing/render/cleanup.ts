/** Everything that was put into a document, by what takes it away. */
const shown = new Set<() => void>();

export function rememberShown(unmount: () => void): void {
  shown.add(unmount);
}

/** False where it was taken away before. */
export function forgetShown(unmount: () => void): boolean {
  return shown.delete(unmount);
}

/** Takes away all that `renderWithUsageKit` and `renderHook` put into the document. */
export function cleanupUsageKit(): void {
  for (const unmount of [...shown]) unmount();
}

(globalThis as { afterEach?: (run: () => void) => unknown }).afterEach?.(cleanupUsageKit);
