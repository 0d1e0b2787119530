/**
 * A schedule as a short string: `hb1.e.0.1x9f3kq.AgEB.4k2`: format, switch model, seed, fingerprint of the program, the
 * points at which the run did not do what round-robin would have done, as (decisions since the last one, choice), and
 * a check that tells a string of which some was lost on the way.
 */
import { fnv1a } from '../kernel/fnv.ts';
import type { SwitchModel, TaskId } from '../kernel/types.ts';

export interface Schedule {
  readonly model: SwitchModel;
  /**
   * Whether the run was observed. To watch each instruction keeps CPython from specialising it, and then it checks its
   * eval breaker more often: outside `every-bytecode`, where those checks decide nothing, only a run that is observed
   * again repeats it.
   */
  readonly observed: boolean;
  readonly seed: number;
  readonly fingerprint: string;
  readonly deviations: readonly Deviation[];
}

/** After `gap` decisions that followed round-robin, `choice` (an index into the runnable tasks) was taken instead. */
export interface Deviation {
  readonly gap: number;
  readonly choice: number;
}

const MODELS: Record<string, SwitchModel> = { c: 'cpython', e: 'every-bytecode', b: 'blocking-only' };
const FORMAT = 'hb1';
/** A longer string than this is nobody's link; refusing it keeps a hostile one from filling memory. */
const LONGEST = 4_000_000;

/** Why a string is not a schedule, or not one for this program. The message is for the reader. */
export class BadSchedule extends Error {}

export function encode(schedule: Schedule): string {
  const bytes: number[] = [];
  for (const { gap, choice } of schedule.deviations) {
    varint(bytes, gap);
    varint(bytes, choice);
  }
  const letter = schedule.model.charAt(0);
  const model = schedule.observed && schedule.model !== 'every-bytecode' ? letter.toUpperCase() : letter;
  return withCheck([FORMAT, model, schedule.seed.toString(36), schedule.fingerprint, base64url(bytes)].join('.'));
}

/** Appends the check that `decode` looks for. */
export function withCheck(text: string): string {
  return `${text}.${fingerprint(text).padStart(3, '0').slice(-3)}`;
}

export function decode(text: string): Schedule {
  if (text.length > LONGEST) throw new BadSchedule('this schedule is too long to be one');
  const whole = text.trim();
  const parts = whole.split('.');
  const [format, model = '', seed = '', fingerprint = '', body = ''] = parts;
  if (format !== FORMAT) {
    throw new BadSchedule(`"${text.slice(0, 40)}" is not a schedule of this version (those start with "${FORMAT}.")`);
  }
  if (parts.length !== 6 || withCheck(whole.slice(0, whole.lastIndexOf('.'))) !== whole) {
    throw new BadSchedule('this schedule is damaged: a part of it is missing or was changed');
  }
  const known = MODELS[model.toLowerCase()];
  if (!known || !/^[0-9a-z]{1,7}$/.test(seed)) throw new BadSchedule('this schedule is damaged: unknown model or seed');
  const bytes = fromBase64url(body);
  const numbers: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    let value = 0;
    let scale = 1;
    let byte: number;
    do {
      if (at >= bytes.length || scale > 2 ** 35)
        throw new BadSchedule('this schedule is damaged: it ends in the middle');
      byte = bytes[at++] as number;
      value += (byte & 127) * scale;
      scale *= 128;
    } while (byte >= 128);
    numbers.push(value);
  }
  if (numbers.length % 2 !== 0) throw new BadSchedule('this schedule is damaged: it ends in the middle');
  const deviations: Deviation[] = [];
  for (let i = 0; i < numbers.length; i += 2) {
    deviations.push({ gap: numbers[i] as number, choice: numbers[i + 1] as number });
  }
  return {
    model: known,
    observed: model !== model.toLowerCase(),
    seed: Number.parseInt(seed, 36) >>> 0,
    fingerprint,
    deviations,
  };
}

/** A short name for a program. */
export function fingerprint(text: string): string {
  return fnv1a(text).toString(36);
}

/** Writes down, decision by decision, where a run leaves round-robin. */
export class Writer {
  readonly deviations: Deviation[] = [];
  private gap = 0;

  note(runnable: readonly TaskId[], usual: TaskId, chosen: TaskId): void {
    if (chosen === usual) {
      this.gap++;
      return;
    }
    this.deviations.push({ gap: this.gap, choice: runnable.indexOf(chosen) });
    this.gap = 0;
  }
}

function varint(bytes: number[], value: number): void {
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function base64url(bytes: readonly number[]): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.slice(i, i + 3);
    const word = (a << 16) | (b << 8) | c;
    const digits = [18, 12, 6, 0].map((shift) => DIGITS[(word >> shift) & 63] as string);
    text += digits.slice(0, Math.min(bytes.length - i, 3) + 1).join('');
  }
  return text;
}

function fromBase64url(text: string): number[] {
  const bytes: number[] = [];
  let word = 0;
  let bits = 0;
  for (const digit of text) {
    const value = DIGITS.indexOf(digit);
    if (value < 0) throw new BadSchedule(`this schedule is damaged: "${digit}" does not belong in one`);
    word = ((word << 6) | value) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((word >> bits) & 255);
    }
  }
  return bytes;
}
