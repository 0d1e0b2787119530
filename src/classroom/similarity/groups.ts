/** Students who stand out together in several exercises: in so many that chance would hardly ever bring it about. */
import type { Compared } from './compare-exercise.ts';
import type { Person, SimilarGroup } from './types.ts';

/** What is found in one exercise only is among its pairs. */
const FEWEST_EXERCISES = 2;
/** Pairs of a class that would stand out so often by chance: one in ten classes has one. */
const BY_CHANCE = 0.1;

interface Link {
  readonly left: Person;
  readonly right: Person;
  readonly exercises: string[];
}

export function groupsOf(compared: readonly Compared[]): SimilarGroup[] {
  const links = new Map<string, Link>();
  for (const { similarity, pairs } of compared)
    for (const [left, right] of pairs) {
      const key = JSON.stringify([left.id, right.id]);
      const link = links.get(key);
      if (link) link.exercises.push(similarity.slug);
      else links.set(key, { left, right, exercises: [similarity.slug] });
    }
  const needed = exercisesNeeded(compared);
  return connected([...links.values()].filter(({ exercises }) => exercises.length >= needed))
    .map((part) => {
      const people = new Map(part.flatMap(({ left, right }) => [left, right].map((one) => [one.id, one] as const)));
      return {
        students: [...people.values()].sort((a, b) => order(a.id, b.id)),
        links: part.sort(
          (a, b) =>
            b.exercises.length - a.exercises.length || order(a.left.id, b.left.id) || order(a.right.id, b.right.id),
        ),
      };
    })
    .sort((a, b) => b.students.length - a.students.length || order(a.students[0]?.id ?? '', b.students[0]?.id ?? ''));
}

/**
 * In how many exercises two students must stand out. If a pair stood out in each exercise by chance, as often as pairs do
 * there, then hardly any class would have a pair that does so in that many.
 */
function exercisesNeeded(compared: readonly Compared[]): number {
  const counted = compared.flatMap(({ similarity: { usual }, pairs }) =>
    usual === null || usual.pairs === 0 ? [] : { all: usual.pairs, part: pairs.length / usual.pairs },
  );
  const all = Math.max(0, ...counted.map((one) => one.all));
  // How likely it is to stand out in 0, 1, 2 … exercises.
  let chances = [1];
  for (const { part } of counted)
    chances = [...chances, 0].map((chance, n) => chance * (1 - part) + (chances[n - 1] ?? 0) * part);
  let expected = 0;
  for (let exercises = counted.length; exercises >= FEWEST_EXERCISES; exercises--) {
    expected += all * (chances[exercises] ?? 0);
    if (expected >= BY_CHANCE) return exercises + 1;
  }
  return FEWEST_EXERCISES;
}

/** The links of each connected part. */
function connected(links: readonly Link[]): Link[][] {
  const leader = new Map<string, string>();
  const leaderOf = (id: string) => {
    let top = id;
    while (leader.has(top)) top = leader.get(top) ?? top;
    if (top !== id) leader.set(id, top);
    return top;
  };
  for (const { left, right } of links) {
    const [one, other] = [leaderOf(left.id), leaderOf(right.id)];
    if (one !== other) leader.set(other, one);
  }
  const parts = new Map<string, Link[]>();
  for (const link of links) {
    const key = leaderOf(link.left.id);
    const part = parts.get(key);
    if (part) part.push(link);
    else parts.set(key, [link]);
  }
  return [...parts.values()];
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
