/**
 * The packages that the machine has beside CPython's library: src/python/site/<package>/ lies on it, readable, as
 * /lib/python3.14/site-packages/<package>/, and is imported from there (lazily: none of it is in the snapshot's memory).
 * What is below /lib/ counts as library: a search makes no switch points in it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { SITE } from '../interpreter/origin.ts';

/** The files of a folder of packages, by their paths on the machine. */
export function siteFiles(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (/\.(py|pyi|txt)$/.test(name)) files[`${SITE}/${name}`] = readFileSync(`${folder}/${name}`, 'utf8');
  }
  return files;
}
