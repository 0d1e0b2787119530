/** What the engine's own Python asks for when a program is to be started: JSON, and nobody believes it. */
import { type Failed, failed } from '../kernel/errno.ts';
import type { SpawnRequest } from '../kernel/processes/types.ts';

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => Number.isInteger(value);
const isList = <T>(value: unknown, of: (one: unknown) => one is T): value is T[] =>
  Array.isArray(value) && value.every(of);
const isPair = (value: unknown): value is [number, number] => isList(value, isNumber) && value.length === 2;

/** EINVAL: it is none. */
export function readRequest(text: string): SpawnRequest | Failed {
  let asked: Record<string, unknown>;
  try {
    asked = Object(JSON.parse(text));
  } catch {
    return failed('EINVAL');
  }
  const { path, argv, environment, folder, moved, inherited, newSession, group, restoreSignals } = asked;
  if (!isText(path) || !isList(argv, isText) || !isNumber(group) || !isList(moved, isPair)) return failed('EINVAL');
  if (typeof environment !== 'object' || environment === null || !isList(Object.values(environment), isText))
    return failed('EINVAL');
  if (folder !== null && !isText(folder)) return failed('EINVAL');
  if (inherited !== 'all' && !isList(inherited, isNumber)) return failed('EINVAL');
  return {
    path,
    argv,
    environment: environment as Record<string, string>,
    folder,
    moved,
    inherited,
    newSession: newSession === true,
    group,
    restoreSignals: restoreSignals === true,
  };
}
