/** The site: one docs plugin for the chapters, our course plugin for the exercises, no blog, no search. */
import { join } from 'node:path';
import type { Options, ThemeConfig } from '@docusaurus/preset-classic';
import type { Config } from '@docusaurus/types';
import { exerciseImports } from './src/site/course-plugin/exercise-imports.ts';
import { codeTheme } from './src/site/prism-theme.ts';

const config: Config = {
  title: 'Happens-Before',
  tagline: 'Python concurrency, with every interleaving in reach',
  favicon: 'img/mark.svg',
  url: 'https://example.org',
  baseUrl: '/',
  onBrokenLinks: 'throw',
  onBrokenAnchors: 'throw',
  // A plain .md page (docs/internals) is CommonMark: its `<T>` and `{}` are text.
  markdown: { format: 'detect' },
  future: { v4: true, faster: true },
  i18n: { defaultLocale: 'en', locales: ['en'] },
  plugins: ['./src/site/course-plugin/index.ts'],
  presets: [
    [
      'classic',
      {
        docs: {
          routeBasePath: 'learn',
          sidebarPath: './docs/sidebars.ts',
          remarkPlugins: [[exerciseImports, { folder: join(__dirname, 'exercises') }]],
          breadcrumbs: false,
        },
        blog: false,
        theme: { customCss: './src/css/custom.css' },
        sitemap: false,
      } satisfies Options,
    ],
  ],
  themeConfig: {
    colorMode: { respectPrefersColorScheme: true },
    navbar: {
      title: 'Happens-Before',
      logo: { alt: '', src: 'img/mark.svg', width: 28, height: 28 },
      items: [
        { type: 'docSidebar', sidebarId: 'learn', label: 'Learn', position: 'left' },
        { to: '/progress', label: 'Exercises', position: 'left' },
        { to: '/playground', label: 'Playground', position: 'left' },
        { to: '/learn/teachers/', label: 'For teachers', position: 'right' },
      ],
    },
    footer: {
      style: 'light',
      copyright:
        'Happens-Before, a course on Python concurrency. Python runs in this page; nothing you type leaves it.',
    },
    prism: { theme: codeTheme('light'), darkTheme: codeTheme('dark') },
    docs: { sidebar: { hideable: false } },
  } satisfies ThemeConfig,
};

export default config;
