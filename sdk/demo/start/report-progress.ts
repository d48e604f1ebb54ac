const width = 28;

/** A bar that grows in place in a terminal, and a line a quarter elsewhere. */
export function reportProgress(title: string, tell: (line: string) => void): (share: number) => void {
  let told = -1;
  return (share) => {
    const percent = Math.floor(share * 100);
    if (process.stdout.isTTY) {
      if (percent === told) return;
      told = percent;
      const filled = Math.round(share * width);
      process.stdout.write(`\r${title} ${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${percent}%`);
      if (share >= 1) process.stdout.write('\n');
      return;
    }
    const quarter = Math.floor(share * 4);
    if (quarter === told) return;
    told = quarter;
    tell(`${title}: ${quarter * 25}%`);
  };
}
