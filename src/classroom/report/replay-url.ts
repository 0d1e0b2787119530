/** Where a failing run can be seen again: on the site, or with a command. */
import type { GradedTest } from '../graded.ts';

/** How a failing run is shown again; null: there is none to show. */
export type Again =
  | { readonly kind: 'link'; readonly url: string }
  | { readonly kind: 'command'; readonly command: string };

/** The site's address without a slash at its end. Throws a RangeError that says what is wrong with it. */
export function siteAddress(site: string): string {
  const url = URL.canParse(site) ? new URL(site) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '')
    throw new RangeError(
      `${JSON.stringify(site)} is not the address of a site. Give one that begins with https://, without ? and #.`,
    );
  return url.href.replace(/\/+$/, '');
}

/** `site` as `siteAddress` returns it, or null. What a result says of itself is checked: it came from elsewhere. */
export function againOf(slug: string, { failure, private: ofTeacher }: GradedTest, site: string | null): Again | null {
  if (failure === undefined) return null;
  const link = failure.replay !== null && /^replay=[\w-]+$/.test(failure.replay) ? failure.replay : null;
  if (site !== null && link !== null) return { kind: 'link', url: `${site}/replay#${link}` };
  const schedule = /^hb\d+\.[\w.-]+$/.test(failure.schedule) ? failure.schedule : null;
  // A student's repository has no tests of the teacher's: only a link brings the program along.
  if (schedule !== null && !ofTeacher)
    return { kind: 'command', command: `npm test ${slug.split('/')[1]} -- --schedule ${schedule}` };
  return link === null ? null : { kind: 'command', command: `npx hb run --explain --schedule ${link}` };
}
