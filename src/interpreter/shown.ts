/** Values as the timeline shows them: like `repr`, short, and without running a line of the learner's code. */
import { fnv1a } from '../kernel/fnv.ts';
import type { Exact } from './accesses.ts';
import type { Address, Objects } from './objects.ts';
import type { Types } from './types.ts';

/** Characters of a shown value, and how deep containers are shown. */
const LONGEST = 60;
const DEEPEST = 3;
const MOST_ITEMS = 12;

export class Shown {
  private readonly objects: Objects;
  private readonly types: Types;

  constructor(objects: Objects, types: Types) {
    this.objects = objects;
    this.types = types;
  }

  value(object: Address): string {
    const text = this.show(object, DEEPEST);
    return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
  }

  /** A number for what a step writes: 0 for nothing, NaN for what cannot be known before it is done, like an append. */
  print(exact: Exact | null): number {
    if (exact === null || exact.how === 'read') return 0;
    return exact.value === 0 ? Number.NaN : fnv1a(this.value(exact.value));
  }

  /** A str's text. */
  text(object: Address): string {
    return this.objects.string(object);
  }

  private show(object: Address, depth: number): string {
    if (object === 0) return '?';
    const type = this.types.of(object);
    switch (type.name) {
      case 'NoneType':
        return 'None';
      case 'bool':
        return this.objects.number(object) === 1 ? 'True' : 'False';
      case 'int':
        return this.objects.decimal(object);
      case 'float':
        return float(this.objects.number(object));
      case 'str':
        return quoted(this.objects.string(object));
    }
    if (type.origin !== 'builtin') return `<${type.name}>`;
    switch (type.shape) {
      case 'list':
        return `[${this.items(object, depth)}]`;
      case 'tuple': {
        const items = this.items(object, depth);
        return items !== '' && !items.includes(',') ? `(${items},)` : `(${items})`;
      }
      case 'set': {
        const items = this.items(object, depth);
        return items === '' ? 'set()' : `{${items}}`;
      }
      case 'dict':
        return `{${this.items(object, depth)}}`;
      default:
        return `<${type.name}>`;
    }
  }

  private items(object: Address, depth: number): string {
    const type = this.types.of(object);
    const contents = this.types.contents(object, type, MOST_ITEMS * 2);
    if (contents === null || depth === 0) return '…';
    const shown = contents.map((item) => this.show(item, depth - 1));
    if (type.shape !== 'dict') return shown.join(', ');
    return Array.from({ length: shown.length / 2 }, (_, n) => `${shown[2 * n]}: ${shown[2 * n + 1]}`).join(', ');
  }
}

function float(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return Number.isInteger(value) && Math.abs(value) < 1e16 ? `${value}.0` : String(value);
}

function quoted(text: string): string {
  const body = text.slice(0, LONGEST).replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
  return body.includes("'") && !body.includes('"') ? `"${body}"` : `'${body.replaceAll("'", "\\'")}'`;
}
