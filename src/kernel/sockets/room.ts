/** How much the sockets of a run may keep, those of all its hosts together. */

/** Sockets of all processes together, those among them that nobody has accepted yet. */
const MOST_SOCKETS = 4_096;
/** Bytes that were sent and not read, in all sockets together. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Open files in messages that nobody has received: Linux counts them against RLIMIT_NOFILE. */
const MOST_FILES = 1_024;

export class SocketRoom {
  private sockets = 0;
  private bytes = 0;
  private files = 0;

  /** For a new socket; false if there are too many. */
  takeSocket(): boolean {
    if (this.sockets >= MOST_SOCKETS) return false;
    this.sockets++;
    return true;
  }

  returnSocket(): void {
    this.sockets--;
  }

  /** For bytes that are sent; false if there is no room. */
  takeBytes(size: number): boolean {
    if (size > MOST_BYTES - this.bytes) return false;
    this.bytes += size;
    return true;
  }

  returnBytes(size: number): void {
    this.bytes -= size;
  }

  takeFiles(count: number): boolean {
    if (count > MOST_FILES - this.files) return false;
    this.files += count;
    return true;
  }

  returnFiles(count: number): void {
    this.files -= count;
  }
}
