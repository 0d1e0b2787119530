/** Opens what a student was given: a link, or a file, which may also be a submission of their own. */
import { ASSIGNMENT_FORMAT, type Assignment, BadAssignment, readAssignment } from '../../classroom/assignment.ts';
import { decodeAssignment } from '../../classroom/assignment-link.ts';
import { LARGEST_SUBMISSION, SUBMISSION_FORMAT } from '../../classroom/submission.ts';
import { words } from './words.ts';

export type Opened =
  | { readonly kind: 'assignment'; readonly assignment: Assignment }
  | { readonly kind: 'submission'; readonly assignmentId: string; readonly text: string }
  /** A sentence a line: what, why, what to do. */
  | { readonly kind: 'bad'; readonly problem: readonly string[] };

/** What JSON makes of two million characters, each of which may be written with six. */
const LARGEST_FILE = 6 * LARGEST_SUBMISSION;

export async function openLink(fragment: string): Promise<Opened> {
  try {
    return { kind: 'assignment', assignment: await decodeAssignment(fragment) };
  } catch (error) {
    if (error instanceof BadAssignment) return refused(error);
    throw error;
  }
}

export async function openFile(file: Pick<File, 'name' | 'size' | 'text'>): Promise<Opened> {
  if (file.size > LARGEST_FILE) return { kind: 'bad', problem: [words.bad.tooLarge(file.name)] };
  return openText(file.name, await file.text());
}

export function openText(name: string, text: string): Opened {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { kind: 'bad', problem: [words.bad.notJson(name)] };
  }
  const { format, assignment } = (typeof json === 'object' && json !== null ? json : {}) as Record<string, unknown>;
  if (format === SUBMISSION_FORMAT) return { kind: 'submission', assignmentId: String(assignment).slice(0, 80), text };
  if (format !== ASSIGNMENT_FORMAT) return { kind: 'bad', problem: [words.bad.neither(name)] };
  try {
    return { kind: 'assignment', assignment: readAssignment(name, text) };
  } catch (error) {
    if (error instanceof BadAssignment) return refused(error);
    throw error;
  }
}

/** The reader of assignments speaks to teachers, who can correct the file; a student can only ask for another. */
function refused(error: BadAssignment): Opened {
  const why = error.message.split('\n').map((line) => line.replace(/ Correct it there.*$/, ''));
  return { kind: 'bad', problem: [words.bad.cannotOpen, ...why, words.bad.askAgain] };
}
