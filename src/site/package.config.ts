/**
 * The assignment's page alone, as a folder that works below any path, without a server: what `hb classroom export --scorm` puts
 * into its package. HAPPENS_BEFORE_PACKAGE says of which assignment: `{"id": "week-3", "slugs": ["locks/lost-update"]}`.
 */
import type { Options, ThemeConfig } from '@docusaurus/preset-classic';
import type { Config } from '@docusaurus/types';
import site from '../../docusaurus.config.ts';

const { id, slugs } = JSON.parse(process.env.HAPPENS_BEFORE_PACKAGE ?? '{}');
const { colorMode, prism, navbar } = site.themeConfig as ThemeConfig;
/** The only page that there is. */
const logo = { ...navbar?.logo, href: `/assignment?assignment=${id}` };

const footer: ThemeConfig['footer'] = {
  style: 'light',
  copyright:
    'Happens-Before, a course on Python concurrency. Python runs in this page; your code and your points are kept by the learning platform that opened it.',
};

const config: Config = {
  ...site,
  future: {
    v4: true,
    // All of `faster` but its caches, which are the site's own.
    faster: {
      swcJsLoader: true,
      swcJsMinimizer: true,
      swcHtmlMinimizer: true,
      lightningCssMinimizer: true,
      rspackBundler: true,
    },
    experimental_router: 'hash',
  },
  customFields: { packaged: true },
  plugins: [['./course-plugin/index.ts', { only: slugs }]],
  presets: [
    [
      'classic',
      {
        docs: false,
        blog: false,
        pages: { include: ['assignment.tsx'] },
        sitemap: false,
        theme: { customCss: './src/css/custom.css' },
      } satisfies Options,
    ],
  ],
  themeConfig: { colorMode, prism, footer, navbar: { ...navbar, logo, items: [] } } as ThemeConfig,
};

export default config;
