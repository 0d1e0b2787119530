/** Names for what a run touches that mean the same in every run which begins the same way: by order of first touch. */
import { EVERYTHING, type Touches, WRITE } from '../kernel/touch.ts';

/** Objects of the kernel that there is one of have numbers above this. */
const NUMBERED = -100;

export class Naming {
  private readonly names = new Map<number, number>();
  /** Of all that was touched so far: two runs with the same have used their names for the same. */
  print = 0;

  /** How many names have been given. */
  get count(): number {
    return this.names.size;
  }

  /** The touches of a step by their names. Addresses, and the numbers of locks, are others in the next run. */
  name(touches: Touches): Touches {
    const named: Touches = [];
    for (let i = 0; i < touches.length; i += 3) {
      const [object, field, how] = [this.of(touches[i] ?? 0), this.of(touches[i + 1] ?? 0), touches[i + 2] ?? 0];
      named.push(object, field, how);
      this.print = Math.imul(this.print ^ (object * 8 + how), 0x01000193) ^ Math.imul(field, 0x9e3779b1);
    }
    return named;
  }

  private of(value: number): number {
    if (value <= 0 && value > NUMBERED) return value;
    let name = this.names.get(value);
    if (name === undefined) {
      name = this.names.size + 1;
      this.names.set(value, name);
    }
    return name;
  }
}

/** A step that was put off: what it touches, by names of which those up to `known` were given before it. */
export interface PutOff {
  readonly touches: Touches;
  readonly known: number;
}

/** Whether a step depends on one that was put off. What was new to each of them may be the same. */
export function dependsOn(touches: Touches, { touches: step, known }: PutOff): boolean {
  const same = (a: number, b: number) => a === b || (a > known && b > known);
  for (let i = 0; i < touches.length; i += 3) {
    const [object = 0, field = 0, how = 0] = [touches[i], touches[i + 1], touches[i + 2]];
    for (let j = 0; j < step.length; j += 3) {
      const [object2 = 0, field2 = 0, how2 = 0] = [step[j], step[j + 1], step[j + 2]];
      if (object === EVERYTHING || object2 === EVERYTHING) return true;
      if (!same(object, object2) || (field !== 0 && field2 !== 0 && !same(field, field2))) continue;
      if (how === WRITE || how2 === WRITE || how !== how2) return true;
    }
  }
  return false;
}
