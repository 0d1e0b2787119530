/** Why a file is not taken, said to the teacher. */

/** Thrown while one file is read; whoever catches it knows the file's name. */
export class Refusal extends Error {
  /** What is wrong with the file: a sentence that goes on after its name. */
  readonly reason: string;
  /** What the teacher can do about it. */
  readonly advice: string;

  constructor(reason: string, advice: string) {
    super(`${reason} ${advice}`);
    this.reason = reason;
    this.advice = advice;
  }
}

/** The Refusal that something threw. What is neither one nor a disk's is a fault of ours, and goes on. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof Error && 'syscall' in error && 'code' in error)
    return new Refusal(`cannot be read (${error.code}).`, 'Copy it to another place, and grade again.');
  throw error;
}

/** "20 MB", "800 kB". */
export function size(bytes: number): string {
  return bytes >= 1_000_000 ? `${Math.round(bytes / 1_000_000)} MB` : `${Math.ceil(bytes / 1000)} kB`;
}
