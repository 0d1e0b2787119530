/** The assignments that this browser remembers, when each was handed in, and what the student is called. */
import * as z from 'zod';
import { type Assignment, BadAssignment, readAssignment, writeAssignment } from '../../classroom/assignment.ts';
import type { Submission } from '../../classroom/submission.ts';
import type { Store } from '../store.ts';

export const PREFIX = 'hb:assignment:';
/** No assignment's id has an underscore. */
const STUDENT_KEY = `${PREFIX}_student`;

export type Student = Submission['student'];

const student = z.object({ name: z.string().max(200).optional(), id: z.string().max(200).optional() });
const times = z.array(z.iso.datetime({ offset: true }));

export interface Remembered {
  readonly assignments: readonly Assignment[];
  /** Ids of those that cannot be read any more. */
  readonly damaged: readonly string[];
}

/** `changed`: the same id with another content, which is now what counts. */
export function remember(store: Store, assignment: Assignment): 'new' | 'same' | 'changed' {
  const before = recall(store, assignment.id);
  const text = writeAssignment(assignment);
  store.set(keyOf(assignment.id), text);
  if (before === null) return 'new';
  return writeAssignment(before) === text ? 'same' : 'changed';
}

/** null: this browser does not know it, or what it knew is damaged. */
export function recall(store: Store, id: string): Assignment | null {
  const text = store.get(keyOf(id));
  if (text === null) return null;
  try {
    const assignment = readAssignment(id, text);
    return assignment.id === id ? assignment : null;
  } catch (error) {
    if (error instanceof BadAssignment) return null;
    throw error;
  }
}

export function allRemembered(store: Store): Remembered {
  const ids = store
    .keys(PREFIX)
    .map((key) => key.slice(PREFIX.length))
    .filter((rest) => /^[a-z0-9-]+$/.test(rest));
  const found = ids.map((id) => [id, recall(store, id)] as const);
  return {
    assignments: found.flatMap(([, assignment]) => assignment ?? []),
    damaged: found.filter(([, assignment]) => assignment === null).map(([id]) => id),
  };
}

/** With its attempts. The code stays: it is the exercises'. */
export function forget(store: Store, id: string): void {
  for (const key of [keyOf(id), ...store.keys(`${keyOf(id)}:`)]) store.remove(key);
}

/** Where what is remembered of an exercise of an assignment is. */
export function workKey(id: string, slug: string): string {
  return `${keyOf(id)}:${slug}`;
}

/** ISO times, the last one last. */
export function handIns(store: Store, id: string): readonly string[] {
  return stored(store, handInKey(id), times) ?? [];
}

export function markHandedIn(store: Store, id: string, at: string): void {
  store.set(handInKey(id), JSON.stringify([...handIns(store, id), at]));
}

export function rememberedStudent(store: Store): Student {
  return stored(store, STUDENT_KEY, student) ?? {};
}

export function rememberStudent(store: Store, one: Student): void {
  store.set(STUDENT_KEY, JSON.stringify(one));
}

/** What is stored there; null if it is not there, or is not what it should be. */
export function stored<T>(store: Store, key: string, schema: z.ZodType<T>): T | null {
  try {
    return schema.safeParse(JSON.parse(store.get(key) ?? 'null')).data ?? null;
  } catch {
    return null;
  }
}

export function keyOf(id: string): string {
  return PREFIX + id;
}

/** A slug has a slash. */
function handInKey(id: string): string {
  return `${keyOf(id)}:handed-in`;
}
