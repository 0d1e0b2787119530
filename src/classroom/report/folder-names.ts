/** A folder for each student, named after an id that may be anything. */

/** Names that Windows keeps for devices, with any ending. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)$/;
const LONGEST = 40;

/** By id. Letters, digits and - only; different from each other on every file system, capitals or not. */
export function folderNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  // Ids that can be used as they are go first: nobody else's may push them aside.
  const asTheyAre = ids.filter((id) => safe(id) === id);
  for (const id of [...asTheyAre, ...ids]) {
    if (names.has(id)) continue;
    const name = safe(id);
    let unique = name;
    for (let n = 2; taken.has(folded(unique)); n++) unique = `${name}-${n}`;
    taken.add(folded(unique));
    names.set(id, unique);
  }
  return names;
}

function safe(id: string): string {
  const letters = id
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  const short = [...letters].slice(0, LONGEST).join('').replace(/-+$/, '');
  if (short === '') return 'student';
  return DEVICES.test(short.toLowerCase()) ? `student-${short}` : short;
}

/** Equal where some file system takes two names for one. */
function folded(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase().toLowerCase();
}
