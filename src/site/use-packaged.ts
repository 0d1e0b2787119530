/** True in a package for a learning platform (src/site/package.config.ts), which is one page and nothing around it. */
import useDocusaurusContext from '@docusaurus/useDocusaurusContext';

export function usePackaged(): boolean {
  return useDocusaurusContext().siteConfig.customFields?.packaged === true;
}
