/** All that the assignment's page says, in one place: whoever translates it, translates this. */
import type { Assignment, LatePolicy } from '../../classroom/assignment.ts';

const DAY = 24 * 60 * 60 * 1000;
const HOUR = 60 * 60 * 1000;
const MINUTE = 60 * 1000;

function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

export function pointsOf(points: number): string {
  return count(points, 'point');
}

/** "3 of 6 points" */
export function pointsOutOf(points: number, possible: number): string {
  return `${points} of ${pointsOf(possible)}`;
}

/** Points are those of a grading on this computer; of one elsewhere only the verdict came along. */
export function pointsSoFar(reached: number | null, possible: number, elsewhere: string | undefined): string {
  if (reached === null && elsewhere !== undefined) return `${pointsOf(possible)}, graded elsewhere: ${elsewhere}`;
  return pointsOutOf(Math.min(possible, reached ?? 0), possible);
}

export function morePoints(points: number): string | null {
  return points > 0
    ? `${points} more ${points === 1 ? 'point' : 'points'} by tests that your teacher keeps: they are run after you have handed in.`
    : null;
}

/** In the reader's own time zone, which is named. `timeZone`: of the tests only. */
export function moment(at: string, locale: string, timeZone?: string): string {
  const format = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
    ...(timeZone !== undefined && { timeZone }),
  });
  return format.format(new Date(at));
}

export function shortMoment(at: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' }).format(
    new Date(at),
  );
}

/** "2 days and 3 hours": the two largest units that are not nothing. */
export function duration(milliseconds: number): string {
  const [days, hours, minutes] = [
    Math.floor(milliseconds / DAY),
    Math.floor((milliseconds % DAY) / HOUR),
    Math.floor((milliseconds % HOUR) / MINUTE),
  ];
  const parts = [
    days > 0 && count(days, 'day'),
    hours > 0 && count(hours, 'hour'),
    days === 0 && minutes > 0 && count(minutes, 'minute'),
  ].filter((part) => part !== false);
  return parts.join(' and ') || 'less than a minute';
}

/** `now`: milliseconds since 1970. */
export function timeLeft(due: string, now: number): string {
  const left = Date.parse(due) - now;
  return left >= 0 ? `${duration(left)} left` : `this was ${duration(-left)} ago`;
}

export function latePolicyWords(late: LatePolicy): string {
  switch (late.kind) {
    case 'accept':
      return 'Work that comes later is accepted; your teacher sees how late it was.';
    case 'refuse':
      return 'Work that comes later gets no points.';
    case 'deduct': {
      const most = late.most < 100 ? `, but never more than ${late.most}%` : '';
      return `For each day begun after that, ${late.perDay}% of the points are taken away${most}.`;
    }
  }
}

export function attemptsWords(attempts: Assignment['attempts']): string {
  if (attempts === undefined) return 'You may press Grade as often as you like.';
  return `You may press Grade ${attempts === 1 ? 'once' : `${attempts} times`} for each exercise; Run has no limit.`;
}

export function attemptsLeft(used: number, allowed: number | undefined): string {
  if (allowed === undefined) return used === 0 ? 'not graded yet' : `graded ${used === 1 ? 'once' : `${used} times`}`;
  const left = Math.max(0, allowed - used);
  if (left === 0) return `No attempts left: all ${allowed === 1 ? 'of 1 is' : `${allowed} are`} used. Run still works.`;
  return `${left} of ${count(allowed, 'attempt')} left`;
}

/** The same where there is little room. */
export function attemptsUsed(used: number, allowed: number | undefined): string {
  return allowed === undefined ? attemptsLeft(used, allowed) : `${used} of ${count(allowed, 'attempt')} used`;
}

export const words = {
  title: 'Assignment',
  reading: 'Reading the assignment …',
  readingExercise: 'Fetching the exercise …',
  storageNote: 'It is remembered in this browser, with your attempts. Nothing is sent anywhere.',

  start: {
    intro:
      'Your teacher has given you a link or a file: open the link, or choose the file here. It can also be dropped anywhere on this page.',
    open: 'Open a file',
    fileLabel: 'Assignment file',
    drop: 'Drop the file to open it',
    remembered: 'Opened in this browser',
    remove: 'Remove',
    removeOf: (title: string) => `Remove ${title}`,
    removeSure: (title: string) =>
      `Remove “${title}” from this browser? Its attempts are forgotten; the code that you typed stays in the exercises.`,
    removeYes: 'Remove it',
    cancel: 'Cancel',
    damaged: (id: string) => `What this browser remembered of “${id}” is damaged. Open the link or the file again.`,
  },

  bad: {
    cannotOpen: 'This cannot be opened as an assignment.',
    askAgain: 'Ask your teacher for the link or the file again; a link must be copied as a whole.',
    unknown: (id: string) =>
      `This browser does not know an assignment “${id}”. Open it with your teacher’s link or file; if you worked on it in another browser, load your submission file back after that.`,
    tooLarge: (name: string) => `${name} is too large to be an assignment or a submission. Choose another file.`,
    notJson: (name: string) =>
      `${name} is not a JSON file, so it is neither an assignment nor a submission. Choose the file that your teacher gave you; it is usually called assignment.json.`,
    neither: (name: string) =>
      `${name} is neither an assignment nor a submission of Happens-Before. Choose the file that your teacher gave you; it is usually called assignment.json.`,
    submissionFirst: (name: string, id: string) =>
      `${name} is a submission for the assignment “${id}”. Open that assignment first, with your teacher’s link or file; then load this file back there.`,
  },

  missing: (slugs: readonly string[]) =>
    `This site does not have ${slugs.length === 1 ? 'one exercise' : `${slugs.length} exercises`} of the assignment: ${slugs.join(', ')}. Tell your teacher; the others can be done here.`,
  otherEngine:
    'The assignment was made for another version of this site. Exercises work as usual, but the final grading may differ from what you see here.',
  changed:
    'Your teacher has changed this assignment since you opened it last. What you see is the newer one; your attempts are kept.',
  noExercise: (slug: string) => `This assignment has no exercise “${slug}”.`,
  fetchFailed: 'The exercise could not be fetched. Is the network there?',
  tryAgain: 'Try again',

  due: 'Due',
  noDue: 'There is no due date.',
  points: 'Points so far',
  handedIn: 'Submission file',
  neverHandedIn: 'not made yet',
  lastHandedIn: (at: string) => `last made ${at}`,
  exercises: 'Exercises',
  all: 'All assignments',
  overview: 'Overview',
  handIn: 'Hand in',
  neighbours: 'Neighbouring exercises',
  notGraded: 'not graded yet',
  lastGraded: (at: string, verdict: string) => `Last graded ${at}: ${verdict}`,
  handInWhenDone:
    'When you are done, or time is nearly up, make the submission file and give it to your teacher. You may do so more than once; the last one counts.',

  submit: {
    nothingSent:
      'Handing in makes a file with your code. This page sends nothing anywhere: you give the file to your teacher yourself.',
    packaged:
      'Your learning platform has your code and the points that you saw. If your teacher wants to grade the code again, make a file of it here, and hand that in as you were told.',
    inTheFile: 'What will be in the file',
    exercise: 'Exercise',
    attempts: 'Attempts',
    last: 'Last verdict',
    code: 'Code',
    untouched: 'untouched: nothing is handed in for it',
    changed: 'changed since it was last graded',
    ungraded: 'never graded',
    current: 'as it was graded',
    warnings: (untouched: number, changed: number): string[] =>
      [
        untouched > 0 &&
          `${count(untouched, 'exercise is', 'exercises are')} untouched and will count as not handed in.`,
        changed > 0 &&
          `The code of ${count(changed, 'exercise')} was not graded as it is now: the verdict that you saw need not be the one that it gets.`,
      ].filter((line) => line !== false),
    nothing: 'Nothing has been worked on yet: there is nothing to hand in.',
    tooMany: (allowed: number) =>
      `Your teacher allows ${count(allowed, 'hand-in')}, and as many files were made already. Another one may not count.`,
    afterDue: 'The due date has passed.',
    name: 'Your name',
    id: 'Your student id',
    asked: 'Your teacher asks for this; it is written into the file and remembered in this browser.',
    missingField: (label: string) => `${label} is missing: your teacher asks for it.`,
    longField: (label: string) => `${label} must have at most 200 characters.`,
    make: 'Make the submission file',
    made: (name: string) => `${name} was saved where your browser keeps downloads.`,
    whereTo:
      'Nothing was sent anywhere. Hand this file in as your teacher told you: upload it to your course’s page, or send it.',
    teacherSays: 'Your teacher’s message',
    tooLong: (where: string) => `${where} is too long for a submission. Shorten it, or reset the exercise.`,
    tooLarge: 'All code together is too much for a submission (2 MB). Reset the exercises that you no longer need.',
  },

  load: {
    title: 'From another computer',
    intro: 'A submission file of yours brings back its code and attempts: to go on here with what you did elsewhere.',
    button: 'Load a submission file',
    label: 'Submission file',
    damaged: (name: string, where: string, why: string) =>
      `${name} cannot be loaded: it is damaged at “${where}” (${why}). Choose the file as it was saved.`,
    otherAssignment: (name: string, theirs: string, ours: string) =>
      `${name} belongs to another assignment: “${theirs}”, and this one is “${ours}”. Open that one first.`,
    isAssignment: (name: string) =>
      `${name} is an assignment. Choose a submission file here: its name ends with .hb.json. To open an assignment, go to “All assignments”.`,
    nothing: (name: string) => `${name} holds no code for the exercises of this assignment.`,
    fetchFailed: 'The exercises of the file could not be fetched, and nothing was changed. Is the network there?',
    sure: (titles: readonly string[]) =>
      `There is other code here for ${titles.join(', ')}. Replace it with the code of the file? It cannot be undone.`,
    replace: 'Replace it',
    keep: 'Change nothing',
    done: (exercises: number, attempts: number) =>
      `Loaded: the code of ${count(exercises, 'exercise')} and ${count(attempts, 'attempt')} that were not here.`,
    left: (names: readonly string[]) => ` Left out, because the assignment does not have them: ${names.join(', ')}.`,
    kept: 'Nothing was changed.',
  },
} as const;
