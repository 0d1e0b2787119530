/** The language of this page, for dates. */
import useDocusaurusContext from '@docusaurus/useDocusaurusContext';

export function useLocale(): string {
  return useDocusaurusContext().i18n.currentLocale;
}
