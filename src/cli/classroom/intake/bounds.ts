/** How much is read at most, of what strangers hand in. All in bytes unless it says otherwise; no honest work comes near. */
import { LARGEST_SUBMISSION, LONGEST_FILE } from '../../../classroom/submission.ts';

const MB = 1_000_000;

/** A file of code: each character has at most four bytes. */
export const CODE_FILE = 4 * LONGEST_FILE;
/** A submission file: JSON writes some characters longer. */
export const SUBMISSION_FILE = 4 * LARGEST_SUBMISSION;
/** A list of the teacher's. */
export const LIST_FILE = 16 * MB;

/** What an archive may be and hold. */
export interface ArchiveBounds {
  readonly size: number;
  readonly entries: number;
  /** Of all that is unpacked of it. */
  readonly unpacked: number;
}

/** One that lies on disk: it may be a whole class's. It is not read as a whole. */
export const OUTER_ARCHIVE: ArchiveBounds = { size: 1000 * MB, entries: 50_000, unpacked: 2000 * MB };
/** One inside of another: a student's. It is held in memory while it is read. */
export const INNER_ARCHIVE: ArchiveBounds = { size: 20 * MB, entries: 20_000, unpacked: 20 * MB };
/** Archives in archives: the learning platform's, with students' inside. */
export const DEEPEST_ARCHIVE = 2;
/** Unpacked to packed, for what is larger than a megabyte: text comes to 10, and deflate cannot pass 1032. */
export const LARGEST_RATIO = 200;
export const RATIO_FROM = MB;
/** The names and remarks in an archive's list of contents. */
export const ARCHIVE_LIST = 16 * MB;
/** Characters of a path in an archive. */
export const LONGEST_PATH = 1000;

/** Files below a folder that was given, and folders in folders. */
export const MOST_FILES = 200_000;
export const DEEPEST_FOLDER = 40;

/** Students that no class list has. */
export const MOST_STRANGERS = 2_000;

/** Characters of all answers that count. */
export const WHOLE_CLASS = 400_000_000;
