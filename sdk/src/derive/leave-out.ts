/** An answer without the fields that the host leaves out: a list without its items, and nothing in place of all else. */
export function leaveOut<Answer extends object>(answer: Answer, parts: object = {}): Answer {
  const left: Record<string, unknown> = {};
  for (const [field, shown] of Object.entries(parts)) {
    if (shown === false) left[field] = Array.isArray(answer[field as keyof Answer]) ? [] : null;
  }
  return { ...answer, ...left };
}
