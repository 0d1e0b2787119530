/** Says of a program that does not do the same again under the same schedule where it first differed, and why. */
import type { Place } from '../kernel/types.ts';
import type { Unrepeatable } from '../worker/protocol.ts';

export function explainUnrepeatable(why: Unrepeatable | null): string {
  const what = 'The program does not do the same again under the same schedule, so nothing can be said about it.';
  return [what, ...(why ? [difference(why), CAUSES[why.cause]] : [])].filter((sentence) => sentence !== '').join(' ');
}

const CAUSES: Record<Unrepeatable['cause'], string> = {
  addresses:
    'It depends on where its objects happen to be in memory: on id(), on the order of a set of objects, or on a repr with an address in it.',
  'earlier runs': 'It depends on what its earlier runs left behind.',
  unknown: '',
};

export function adviceOn(why: Unrepeatable | null): string {
  return why === null ? ADVICE.unknown : ADVICE[why.cause];
}

const ADVICE: Record<Unrepeatable['cause'], string> = {
  addresses:
    'Keep objects in a list or a dict instead of a set, and order them by something of their own, a name or a number.',
  'earlier runs': 'Let the program begin with the same state each time it is started.',
  unknown: 'What does the program read that is not the same each time?',
};

function difference({ decision, first, second }: Unrepeatable): string {
  if (decision === null) return 'All switches were the same, and the result was not.';
  const [one, other] = [placeName(first), placeName(second)];
  const where = one === other ? `at ${one}` : `at ${one} the first time, and at ${other} the second`;
  return `The first difference: decision ${decision} of the schedule was made ${where}.`;
}

function placeName(place: Place | null): string {
  return place ? `${place.file}:${place.line}` : 'no line of its own';
}
