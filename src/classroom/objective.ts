/** What an exercise's objective is called on learning platforms: in a package's manifest, and in what its page reports. */
export function objectiveOf(slug: string): string {
  return slug.replace('/', '.');
}
