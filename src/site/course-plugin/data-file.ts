/** Where the course plugin puts an exercise's data, and how a chapter imports it. */

export function exerciseDataFile(slug: string): string {
  return `${slug.replace('/', '--')}.json`;
}

/** `@generated/<plugin name>/<plugin id>/` is Docusaurus' alias for what a plugin's `createData` wrote. */
export function exerciseDataImport(slug: string): string {
  return `@generated/course/default/${exerciseDataFile(slug)}`;
}
