/** Grades kind `predict`: compares the options that the learner marked with all that the program can really do. */
import { ANSWER_FILE } from '../course/answer-file.ts';
import type { EngineClient } from '../worker/client-types.ts';
import type { Files, Gradable, GradeProgress, Grading } from './gradable.ts';
import { type Option, parseOptions } from './options.ts';
import { enumerate, type Outcomes } from './outcomes.ts';
import type { HiddenTest } from './suite.ts';
import type { Finding, TestReport, Verdict } from './verdict.ts';
import { failure, refusal } from './verdict-of.ts';

const FORM = 'One option a line: "[ ] text", and "[x] text" for those that can happen.';

export function gradePredict(
  engine: EngineClient,
  exercise: Gradable,
  files: Files,
  onProgress: (progress: GradeProgress) => void,
): Grading {
  let halt: () => void = () => {};
  let stopped = false;
  const file = ANSWER_FILE.predict;
  const answer = parseOptions(files[file] ?? '');

  async function all(): Promise<Verdict | null> {
    if (answer.kind === 'problem') return refusal(exercise, `${file}, line ${answer.line}: ${answer.message}.`, FORM);
    const reports: TestReport[] = [];
    const findings: Finding[] = [];
    for (const test of exercise.suite.tests) {
      if (stopped) return null;
      const search = enumerate(engine, exercise, test, (done) => onProgress({ test: test.name, done }));
      halt = search.stop;
      const outcomes = await search.done;
      if (!outcomes) return null;
      const verdict = compare(test, reports, answer.options, outcomes);
      if (verdict) return verdict;
      for (const [text, run] of outcomes.runs) findings.push({ test: test.name, text, schedule: run.schedule, run });
    }
    return { kind: 'passed', tests: reports, findings };
  }

  return {
    done: all(),
    stop() {
      stopped = true;
      halt();
    },
  };
}

/** Adds this test's report; the verdict if the answer is wrong. */
export function compare(
  test: HiddenTest,
  reports: TestReport[],
  options: readonly Option[],
  { runs, proof, scope }: Outcomes,
): Verdict | null {
  const marked = new Set(options.filter((option) => option.marked).map(({ text }) => text));
  const missed = [...runs].filter(([text]) => !marked.has(text));
  const never = [...marked].filter((text) => !runs.has(text));
  reports.push({ name: test.name, verdict: missed.length + never.length > 0 ? 'failed' : 'passed', proof });
  const findings = missed.map(([text, run]): Finding => ({ test: test.name, text, schedule: run.schedule, run }));
  const sentences: string[] = [];
  // One mistake is named, the first in the list; the runs show the rest.
  const first = options.find(({ text }) => (runs.has(text) ? !marked.has(text) : marked.has(text)))?.text;
  if (first !== undefined && never.includes(first)) sentences.push(`"${first}" never happens, under no ${scope}.`);
  else if (missed.length > 0) sentences.push(`"${first ?? missed[0]?.[0]}" can happen, and is not marked.`);
  if (sentences.length === 0) return null;
  if (missed.length > 0) sentences.push(summary(missed.length, runs.size));
  const shown = findings.find(({ text }) => text === first) ?? findings[0];
  return failure(test, reports, { kind: 'failed', message: sentences.join('\n') }, shown?.run ?? null, findings);
}

function summary(missed: number, all: number): string {
  const can = all === 1 ? 'One outcome is possible' : `${all} different outcomes are possible`;
  return `${can}; ${missed === 1 ? '1 is' : `${missed} are`} not marked. Each has a run below that shows it.`;
}
