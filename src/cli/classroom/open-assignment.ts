/** Reads an assignment's file for every command that takes one. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { type Assignment, BadAssignment, readAssignment } from '../../classroom/assignment.ts';
import { Usage } from '../usage.ts';

const LARGEST = 1_000_000;

/** Throws Usage, with all that is wrong with it. */
export function openAssignment(file: string): Assignment {
  if (!existsSync(file)) throw new Usage(`hb classroom: there is no file ${file}. hb classroom assign makes one.`);
  const { size, isFile } = { size: statSync(file).size, isFile: statSync(file).isFile() };
  if (!isFile) throw new Usage(`hb classroom: ${file} is no file; name the assignment.json itself.`);
  if (size > LARGEST) throw new Usage(`hb classroom: ${file} has ${size} bytes: no assignment is that large.`);
  try {
    return readAssignment(file, readFileSync(file, 'utf8'));
  } catch (error) {
    throw error instanceof BadAssignment ? new Usage(error.message) : error;
  }
}
