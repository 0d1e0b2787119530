/**
 * Names of AF_UNIX sockets as numbers. Pyodide's `_socket` was compiled without AF_UNIX, and knows addresses of four
 * bytes and a port only: python/sockets.py has it pass such a number, and turns the number that it answers into the name.
 */

/** A number is used at once, by the call that it was made for or by whoever reads its answer. */
const MOST = 4_096;

export class SocketNames {
  private readonly names = new Map<number, string>();
  private next = 1;

  /** A number for a name; 0: the empty one. */
  numberOf(name: string): number {
    if (name === '') return 0;
    const number = this.next++;
    this.names.set(number, name);
    this.names.delete(number - MOST);
    return number;
  }

  nameOf(number: number): string {
    return this.names.get(number) ?? '';
  }
}
