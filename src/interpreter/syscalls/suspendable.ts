/**
 * Makes WebAssembly functions of system calls that may have to wait. Each calls `enter`, which answers at once or says
 * that the caller's stack must be suspended first; when that is back it may have to wait once more:
 *
 *     (func (export "call") (param ...) (result i32) (local $answer i32)
 *       (local.set $answer (call $enter (local.get 0) ...))
 *       (loop
 *         (if (i32.ne (local.get $answer) (i32.const MUST_WAIT)) (then (return (local.get $answer))))
 *         (call $leave)
 *         (local.set $answer (call $resume (call $suspend)))
 *         (br 0))
 *       unreachable)
 */

/** Parameters as in Emscripten's signatures: i an i32, j an i64. The result is an i32. */
export type Signature = string;

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
  /** The stack is back: restores it and answers what C gets, or MUST_WAIT. */
  resume(carrier: number): number;
}

/** The part of JavaScript Promise Integration that TypeScript does not know yet. */
interface Jspi {
  Suspending: new (f: () => Promise<number> | number) => WebAssembly.ImportValue;
}

/** A WebAssembly function to be imported in the place of a system call. */
export function suspendable(door: Door, signature: Signature): (...args: (number | bigint)[]) => number {
  const { exports } = new WebAssembly.Instance(moduleOf(signature), {
    kernel: {
      enter: (...args: (number | bigint)[]) => door.enter(...args),
      leave: () => door.leave(),
      suspend: new (WebAssembly as unknown as Jspi).Suspending(() => door.suspend()),
      resume: (carrier: number) => door.resume(carrier),
    },
  });
  return exports.call as (...args: (number | bigint)[]) => number;
}

const modules = new Map<Signature, WebAssembly.Module>();

function moduleOf(signature: Signature): WebAssembly.Module {
  const module = modules.get(signature) ?? new WebAssembly.Module(assemble(signature));
  modules.set(signature, module);
  return module;
}

// ---- the text above, assembled -----------------------------------------------------------------------------------

const [I32, I64, FUNCTION, NO_BLOCK] = [0x7f, 0x7e, 0x60, 0x40] as const;
/** MUST_WAIT as LEB128. */
const SMALLEST = [0x80, 0x80, 0x80, 0x80, 0x78];
const [ENTER, LEAVE, SUSPEND, RESUME, CALL] = [0, 1, 2, 3, 4] as const;

/** No section is so long that its length takes two bytes: there are at most a dozen parameters. */
function assemble(signature: Signature): Uint8Array<ArrayBuffer> {
  const parameters = [...signature].map((letter) => (letter === 'j' ? I64 : I32));
  const answer = parameters.length;
  const types = [
    [FUNCTION, ...vector(parameters), 1, I32],
    [FUNCTION, 0, 0],
    [FUNCTION, 0, 1, I32],
    [FUNCTION, 1, I32, 1, I32],
  ];
  const imports = ['enter', 'leave', 'suspend', 'resume'].map((name, n) => [...text('kernel'), ...text(name), 0, n]);
  const body = [
    ...[1, 1, I32],
    ...parameters.flatMap((_, n) => [0x20, n]),
    ...[0x10, ENTER, 0x21, answer],
    ...[0x03, NO_BLOCK],
    ...[0x20, answer, 0x41, ...SMALLEST, 0x47, 0x04, NO_BLOCK, 0x20, answer, 0x0f, 0x0b],
    ...[0x10, LEAVE, 0x10, SUSPEND, 0x10, RESUME, 0x21, answer],
    ...[0x0c, 0, 0x0b, 0x00, 0x0b],
  ];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [types.length, ...types.flat()]),
    ...section(2, [imports.length, ...imports.flat()]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...text('call'), 0, CALL]),
    ...section(10, [1, ...vector(body)]),
  ]);
}

function section(id: number, content: readonly number[]): readonly number[] {
  return [id, ...vector(content)];
}

function vector(content: readonly number[]): readonly number[] {
  if (content.length > 127) throw new Error('too long for one byte of length');
  return [content.length, ...content];
}

function text(word: string): readonly number[] {
  return vector([...word].map((letter) => letter.charCodeAt(0)));
}
