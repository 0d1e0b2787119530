/** Makes WebAssembly functions of system calls that may have to wait: syscall.wat. */

/** syscall.wat, assembled with wat2wasm. The test beside this file does it again and compares. */
const SYSCALL =
  'AGFzbQEAAAABLwdgA39/fwF/YAR/f39/AX9gBX9/f35/AX9gBn9/f39/fwF/YAAAYAABf2ABfwF/Am0HBmtlcm5lbAVlbnRlcgAABmtlcm5lbAVlbnRlcgABBmtlcm5lbAVlbnRlcgACBmtlcm5lbAVlbnRlcgADBmtlcm5lbAVsZWF2ZQAEBmtlcm5lbAdzdXNwZW5kAAUGa2VybmVsBnJlc3VtZQAGAwYFBgABAgMHHwQDaWlpAAgEaWlpaQAJBWlpaWppAAoGaWlpaWlpAAsKWQUXACAAQYCAgIB4RwRAIAAPCxAEEAUQBgsMACAAIAEgAhAAEAcLDgAgACABIAIgAxABEAcLEAAgACABIAIgAyAEEAIQBwsSACAAIAEgAiADIAQgBRADEAcL';

// Compiled when the module loads, as the natives are.
const MODULE = new WebAssembly.Module(Uint8Array.from(atob(SYSCALL), (c) => c.charCodeAt(0)));

/** Parameters as in Emscripten's signatures: i an i32, j an i64. The result is an i32. */
export type Signature = 'iii' | 'iiii' | 'iiiji' | 'iiiiii';

/** What `enter` answers if the caller must wait. */
export const MUST_WAIT = -(2 ** 31);

/** The JavaScript side. */
export interface Door {
  /** Answers what C gets, or MUST_WAIT. */
  enter(...args: (number | bigint)[]): number;
  /** The current stack is about to be suspended. */
  leave(): void;
  /** Answers a promise of the number to pass to `resume`, or the number itself if there is nothing to wait for. */
  suspend(): Promise<number> | number;
  /** The stack is back: restores it and answers what C gets. */
  resume(carrier: number): number;
}

/** The part of JavaScript Promise Integration that TypeScript does not know yet. */
interface Jspi {
  Suspending: new (f: () => Promise<number> | number) => WebAssembly.ImportValue;
}

/** A WebAssembly function to be imported in the place of a system call. */
export function suspendable(door: Door, signature: Signature): (...args: (number | bigint)[]) => number {
  const { exports } = new WebAssembly.Instance(MODULE, {
    kernel: {
      enter: (...args: (number | bigint)[]) => door.enter(...args),
      leave: () => door.leave(),
      suspend: new (WebAssembly as unknown as Jspi).Suspending(() => door.suspend()),
      resume: (carrier: number) => door.resume(carrier),
    },
  });
  return exports[signature] as (...args: (number | bigint)[]) => number;
}
