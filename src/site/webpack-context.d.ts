/** Rspack's `import.meta.webpackContext`, as far as this site uses it. */
interface ImportMeta {
  webpackContext(
    folder: string,
    options: { recursive: boolean; regExp: RegExp; mode: 'lazy' },
  ): (request: string) => Promise<{ default: unknown }>;
}
