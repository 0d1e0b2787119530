/** How much one run may keep: the bounds of its file system. */

/** All bytes of a run's files together. */
export const MOST_BYTES = 64 * 1024 * 1024;
/** All names of a run's files together: a file of two names counts twice, as both take memory. */
export const MOST_NAMES = 20_000;
/** Pipes and fifos that are open: each may hold 64 KiB. */
export const MOST_PIPES = 1_024;

export class Room {
  private bytes = 0;
  private names = 0;
  private pipes = 0;

  /** Takes so many bytes more (gives them back, if negative); false if there is no room. */
  takeBytes(more: number): boolean {
    if (more > MOST_BYTES - this.bytes) return false;
    this.bytes += more;
    return true;
  }

  get hasName(): boolean {
    return this.names < MOST_NAMES;
  }

  takeName(): void {
    this.names++;
  }

  returnName(): void {
    this.names--;
  }

  takePipe(): boolean {
    if (this.pipes >= MOST_PIPES) return false;
    this.pipes++;
    return true;
  }

  returnPipe(): void {
    this.pipes--;
  }
}
