/**
 * The past of one run, as a number for each task: two runs whose tasks have the same numbers have done the same, up to
 * the order of steps that commute (Mazurkiewicz traces; the happens-before caching of CHESS, Musuvathi and Qadeer 2007).
 *
 * A number is a hash, 53 bits wide, of the task's own steps and of the steps of others that they depend on. Objects have
 * no names in it: what a step touches follows from what came before.
 */
import { ADD, EVERYTHING, READ, type Touches, WRITE } from '../kernel/touch.ts';
import type { TaskId } from '../kernel/types.ts';

/** Two 32-bit halves that are mixed by different constants. */
interface Hash {
  a: number;
  b: number;
}

/** What later touches of an object, or of one of its fields, depend on. */
interface Last {
  write: Hash;
  /** The sum of those that came since and commute with each other, so that their order does not matter. */
  since: Hash;
  /** What those did: READ or ADD. */
  how: number;
}

const NOTHING: Hash = { a: 0, b: 0 };

export class Past {
  private readonly tasks = new Map<TaskId, Hash>();
  /** By object, then by field (0: all of it). */
  private objects = new Map<number, Map<number, Last>>();
  /** The last step that touched everything. */
  private all: Hash = NOTHING;

  spawn(parent: TaskId, child: TaskId): void {
    const made = this.of(parent);
    this.tasks.set(child, mix(made, { a: 7, b: 11 }));
    this.tasks.set(parent, mix(made, { a: 13, b: 17 }));
  }

  step(task: TaskId, touches: Touches): void {
    let depends = this.all;
    for (let i = 0; i < touches.length; i += 3) {
      const [object = 0, field = 0, how = 0] = [touches[i], touches[i + 1], touches[i + 2]];
      depends = add(depends, object === EVERYTHING ? this.everything() : this.before(object, field, how));
    }
    const hash = mix(this.of(task), depends);
    this.tasks.set(task, hash);
    for (let i = 0; i < touches.length; i += 3) {
      const [object = 0, field = 0, how = 0] = [touches[i], touches[i + 1], touches[i + 2]];
      if (object === EVERYTHING) {
        this.all = hash;
        this.objects = new Map();
      } else this.after(object, field, how, hash);
    }
  }

  /** Names this past: the same for runs that differ only in the order of steps that commute. */
  get name(): number {
    let sum = NOTHING;
    for (const hash of this.tasks.values()) sum = add(sum, mix(hash, { a: 3, b: 5 }));
    return (sum.a >>> 0) * 2 ** 21 + (sum.b & 0x1fffff);
  }

  private of(task: TaskId): Hash {
    return this.tasks.get(task) ?? { a: task, b: task };
  }

  private everything(): Hash {
    let sum = NOTHING;
    for (const hash of this.tasks.values()) sum = add(sum, hash);
    return sum;
  }

  private before(object: number, field: number, how: number): Hash {
    const fields = this.objects.get(object);
    if (!fields) return NOTHING;
    let sum = NOTHING;
    for (const [other, last] of fields) {
      if (other !== field && other !== 0 && field !== 0) continue;
      sum = add(sum, last.write);
      if (how === WRITE || last.how !== how) sum = add(sum, last.since);
    }
    return sum;
  }

  private after(object: number, field: number, how: number, hash: Hash): void {
    let fields = this.objects.get(object);
    if (!fields) {
      fields = new Map();
      this.objects.set(object, fields);
    }
    const last = fields.get(field);
    if (how === WRITE) fields.set(field, { write: hash, since: NOTHING, how: READ });
    else if (last?.how === how) last.since = add(last.since, hash);
    // A read after additions, or the other way round, depends on all of them: they are in its hash.
    else
      fields.set(field, {
        write: last ? add(last.write, last.since) : NOTHING,
        since: hash,
        how: how === ADD ? ADD : READ,
      });
  }
}

function add(x: Hash, y: Hash): Hash {
  return { a: (x.a + y.a) | 0, b: (x.b + y.b) | 0 };
}

/** Not symmetric: what comes after what matters. The finishers of MurmurHash3 (public domain, Austin Appleby). */
function mix(x: Hash, y: Hash): Hash {
  let a = Math.imul(x.a, 0x9e3779b1) ^ y.a;
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b);
  a = Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  let b = Math.imul(x.b, 0x27d4eb2f) ^ y.b ^ 0x165667b1;
  b = Math.imul(b ^ (b >>> 15), 0x2c1b3c6d);
  b = Math.imul(b ^ (b >>> 12), 0x297a2d39);
  return { a: (a ^ (a >>> 16)) | 0, b: (b ^ (b >>> 15)) | 0 };
}
