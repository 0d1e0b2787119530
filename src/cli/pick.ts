/** The exercises that words on a command line mean: a slug, a path, or its last part; all of them for no words. */
import { Usage } from './usage.ts';

export function picked<T extends { readonly slug: string }>(all: readonly T[], words: readonly string[]): T[] {
  if (words.length === 0) return [...all];
  return words.map((word) => {
    const slug = word.replace(/^exercises\//, '').replace(/\/(exercise\.py|moves\.txt|answer\.txt)?$/, '');
    const found = all.filter((exercise) => exercise.slug === slug || exercise.slug.split('/')[1] === slug);
    if (found.length === 1) return found[0] as T;
    const near = all.filter((exercise) => exercise.slug.includes(slug)).map((exercise) => exercise.slug);
    const help =
      near.length > 0 ? `Did you mean ${near.join(', ')}?` : `There are: ${all.map((e) => e.slug).join(', ')}.`;
    throw new Usage(`There is no exercise "${word}". ${help}`);
  });
}
