/** A submission file of the site, read and checked. Nothing that it says of itself is believed; it is only passed on. */
import * as z from 'zod';
import type { Assignment } from '../../../classroom/assignment.ts';
import { LARGEST_SUBMISSION, SUBMISSION_FORMAT, type Submission, submission } from '../../../classroom/submission.ts';
import { SUBMISSION_FILE } from './bounds.ts';
import { decodeText, recognised } from './decode-text.ts';
import type { Found } from './found.ts';
import { printable } from './printable.ts';
import { Refusal } from './refusal.ts';
import { readStrictJson } from './strict-json.ts';

const ASK = 'Ask the student for the file that the site made for this assignment.';

/** A file that ends in .json and is something else: another program's settings, a forged list of results. */
export class NotASubmission extends Refusal {}

/** What tells our files from others, before anything else is asked of them. */
const head = z.object({ format: z.unknown(), version: z.unknown(), assignment: z.unknown() });

/** Throws NotASubmission, or Refusal. */
export async function readSubmission(found: Found, { id }: Assignment): Promise<Submission> {
  const bytes = await found.read(SUBMISSION_FILE);
  if (bytes.length === 0) throw new Refusal('is empty.', ASK);
  const other = recognised(bytes);
  if (other) throw other;
  const json = readStrictJson(decodeText(bytes));
  const { success, data } = head.safeParse(json);
  if (!success || data.format !== SUBMISSION_FORMAT)
    throw new NotASubmission('is no submission file of the site.', `${ASK} Remove this one if it is something else.`);
  if (typeof data.version === 'number' && data.version > 1)
    throw new Refusal(
      `is of a later version (${printable(String(data.version), 20)}) than this program reads.`,
      'Update Happens-Before and grade again.',
    );
  if (typeof data.assignment === 'string' && data.assignment !== id)
    throw new Refusal(
      `is of another assignment: "${printable(data.assignment, 80)}", not "${id}".`,
      `Grade it with that one's assignment.json, or ask for the file of this one.`,
    );
  const read = submission.safeParse(json);
  if (!read.success) {
    const [issue] = read.error.issues;
    const key = printable(issue?.path.map(String).join('.') ?? '', 120);
    throw new Refusal(`is not as the site writes it: \`${key}\`: ${printable(issue?.message ?? '', 160)}.`, ASK);
  }
  let length = 0;
  for (const { files } of Object.values(read.data.exercises))
    for (const text of Object.values(files)) length += text.length;
  if (length > LARGEST_SUBMISSION)
    throw new Refusal(`holds ${length} characters of code; ${LARGEST_SUBMISSION} are the most.`, ASK);
  return read.data;
}
