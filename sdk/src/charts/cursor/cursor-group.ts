type Follow = (index: number | null) => void;

const groups = new Map<string, Set<Follow>>();

/** Lets a chart follow the cursors of the others with the same name. Returns how it leaves them. */
export function joinCursorGroup(name: string, follow: Follow): () => void {
  const group = groups.get(name) ?? new Set();
  groups.set(name, group.add(follow));
  return () => {
    group.delete(follow);
    if (group.size === 0) groups.delete(name);
  };
}

/** Moves the cursors of the other charts. */
export function moveCursorGroup(name: string, own: Follow, index: number | null): void {
  for (const follow of groups.get(name) ?? []) if (follow !== own) follow(index);
}
