/** What an attack is, and what many of them need. */
import { NATIVES } from '../interpreter/natives.ts';
import type { World } from '../kernel/hosts/types.ts';
import type { LimitName, Limits, Outcome, RunRecord } from '../kernel/types.ts';
import type { Program } from '../worker/protocol.ts';

/** What an attack did, as far as the outside can see. */
export interface Seen {
  readonly record: RunRecord;
  /** A secret that is on the host (environment, disk, page, hidden suite) and in no message to the engine. */
  readonly secret: string;
}

export interface Attack {
  readonly name: string;
  /** What it would prove if it worked. */
  readonly why: string;
  readonly source: string;
  readonly files?: Program['files'];
  readonly limits?: Partial<Limits>;
  /** Where it runs; else on the one machine. Not handed in. */
  readonly world?: World;
  /** Also handed to the grader as an answer to this hidden suite; a verdict "passed" is a win. */
  readonly grade?: SuiteName;
  /** How the run must end, as far as it is said here; any other end is a win. */
  readonly ends?: Tame | readonly Tame[];
  /** What it must print: a program that is cut short has proved nothing. */
  readonly prints?: RegExp;
  /** Set if it only tries to be too much, and handing it in would try the same again. */
  readonly ungraded?: true;
  /** Beside what is a win for every attack: see `attack`. */
  readonly wins?: (seen: Seen) => boolean;
}

/** The part of an outcome that is promised. */
export interface Tame {
  readonly kind: Outcome['kind'];
  readonly code?: number;
  readonly limit?: LimitName;
  readonly type?: string;
}

/** `race`: a lost update; `stuck`: a deadlock; `slept`: a lock held while sleeping; `secret`: prints what it cannot know. */
export type SuiteName = 'race' | 'stuck' | 'slept' | 'secret';

/** The port at which the host listens, written into the program's folder for attacks that want to phone home. */
export const PORT_FILE = 'port.txt';

/** Programs print this word once they hold a thing that no program may hold; printing is the only way out they have. */
export const REACHED = 'REACHED';
export const reached = ({ record }: Seen) => record.stdout.includes(REACHED);

/** Python that finds every native of the engine, however well it is hidden. */
export const FIND_NATIVES = `
import gc, sys, types
def everything():
    try:
        gc.unfreeze()
    except Exception:
        pass
    seen, todo = {}, [sys.modules, *gc.get_objects()]
    frame = sys._getframe()
    while frame:
        todo += [frame.f_globals, frame.f_locals, frame.f_code]
        frame = frame.f_back
    while todo:
        thing = todo.pop()
        if id(thing) in seen:
            continue
        seen[id(thing)] = thing
        if len(seen) < 400_000:
            todo.extend(gc.get_referents(thing))
    return list(seen.values())
def natives():
    wanted = set("${NATIVES.join(' ')}".split())
    followed = {dict, tuple, type, types.CellType, types.FunctionType, types.MethodType, types.ModuleType}
    found, seen, todo = {}, set(), [sys.modules]
    frame = sys._getframe()
    while frame:
        todo.append(frame.f_globals)
        frame = frame.f_back
    for thing in todo:
        for other in gc.get_referents(thing):
            if type(other) is types.BuiltinFunctionType and other.__name__ in wanted and type(other.__self__) is int:
                found[other.__name__] = other
            elif type(other) in followed and id(other) not in seen:
                seen.add(id(other))
                todo.append(other)
        if len(found) == len(wanted):
            return found
    # Some are hidden better.
    for thing in everything():
        if type(thing) is types.BuiltinFunctionType and thing.__name__ in wanted and type(thing.__self__) is int:
            found[thing.__name__] = thing
    return found
`;

/** Python that takes the engine's modules from the frames below: quicker than searching, for runs with few steps. */
export const FIND_BOOT = `
import sys
frame = sys._getframe()
while "_end" not in frame.f_globals:
    frame = frame.f_back
boot = frame.f_globals
`;
