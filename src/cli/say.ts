/** What `hb` says beside its results: one line on stderr, with its name in front. */
export function say(line: string): void {
  process.stderr.write(`hb: ${line}\n`);
}
