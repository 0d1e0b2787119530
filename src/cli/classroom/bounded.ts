/** What a grading says is partly the student's own words: as long as a person reads, and no longer. */
import type { GradedTest } from '../../classroom/graded.ts';

const LONGEST_MESSAGE = 4_000;
const LONGEST_PROOF = 1_000;
/** Schedules of honest answers have some hundred characters; one that is cut would replay nothing. */
const LONGEST_SCHEDULE = 20_000;

export function bounded(test: GradedTest): GradedTest {
  const { failure, proof } = test;
  const said = { ...test, proof: cut(proof, LONGEST_PROOF) };
  if (!failure) return said;
  const { message, hint, schedule, replay } = failure;
  const replays = schedule.length <= LONGEST_SCHEDULE;
  return {
    ...said,
    failure: {
      message: cut(message, LONGEST_MESSAGE),
      hint,
      schedule: replays ? schedule : '',
      replay: replays ? replay : null,
    },
  };
}

/** Throws on what is no text at all, as an engine that was taken over may answer. */
function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
