/** An assignment as the fragment of a URL, `assignment=` and what follows: no server sees it, and anybody may have made it. */
import { BadLink, pack, unpack } from '../worker/packed-text.ts';
import { type Assignment, BadAssignment, readAssignment } from './assignment.ts';

const KEY = 'assignment=';
/** Bytes of an assignment; 200 exercises with weights have a tenth of that. */
const LARGEST = 500_000;

/** The fragment, without `#`. */
export async function encodeAssignment(assignment: Assignment): Promise<string> {
  return KEY + (await pack(JSON.stringify(assignment), LARGEST));
}

/** Takes a whole URL, its fragment, or what follows `assignment=`. Rejects with BadAssignment. */
export async function decodeAssignment(link: string): Promise<Assignment> {
  try {
    return readAssignment('the link', await unpack(link, KEY, 'a link to an assignment', LARGEST));
  } catch (error) {
    throw error instanceof BadLink ? new BadAssignment(`The link cannot be opened: ${error.message}.`) : error;
  }
}

/** True for what `decodeAssignment` takes. */
export function isAssignmentLink(text: string): boolean {
  return text.includes(KEY);
}
