const width = 30;

export interface Progress {
  show(done: number): void;
  /** Makes room for another line. */
  clear(): void;
  end(): void;
}

/** A bar on a terminal; nothing where the output is a file, a pipe, or null. */
export function createProgress(label: string, total: number, out: NodeJS.WriteStream | null): Progress {
  const isShown = out?.isTTY === true;
  const clear = () => {
    if (isShown) out.write('\r\u001b[K');
  };
  return {
    clear,
    show(done) {
      if (!isShown) return;
      const share = total === 0 ? 1 : Math.min(1, done / total);
      const filled = Math.round(share * width);
      const bar = '█'.repeat(filled) + '░'.repeat(width - filled);
      out.write(`\r${label} ${bar} ${Math.floor(share * 100)}%`);
    },
    end: clear,
  };
}

export interface Counter {
  add(bytes: number): void;
  total(): number;
  end(): void;
}

const shownEveryBytes = 1_000_000;

/** Tells how much has come so far, where the whole size is not known. It writes on a terminal only, not to a file or a pipe. */
export function createCounter(label: string, out: NodeJS.WriteStream | null): Counter {
  const isShown = out?.isTTY === true;
  let bytes = 0;
  let nextShown = shownEveryBytes;
  return {
    add(more) {
      bytes += more;
      if (!isShown || bytes < nextShown) return;
      nextShown = bytes + shownEveryBytes;
      out.write(`\r${label} ${(bytes / 1_000_000).toFixed(0)} MB`);
    },
    total: () => bytes,
    end() {
      if (isShown) out.write('\r\u001b[K');
    },
  };
}
