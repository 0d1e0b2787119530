/** imsmanifest.xml of a SCORM 2004 package, 4th edition: one activity, which reports its own score and completion. */
import { create } from 'xmlbuilder2';
import type { Assignment } from '../../../classroom/assignment.ts';
import { objectiveOf } from '../../../classroom/objective.ts';

/** `files`: of the package but for the manifest, with `/`. `page`: the one that is opened. */
export function scormManifest(
  { id, title, exercises }: Pick<Assignment, 'id' | 'title' | 'exercises'>,
  page: string,
  files: readonly string[],
): string {
  const objectives = exercises.map(({ slug }) => ({ 'imsss:objective': { '@objectiveID': objectiveOf(slug) } }));
  const manifest = {
    '@identifier': `happens-before-${id}`,
    '@version': '1',
    '@xmlns': 'http://www.imsglobal.org/xsd/imscp_v1p1',
    '@xmlns:adlcp': 'http://www.adlnet.org/xsd/adlcp_v1p3',
    '@xmlns:adlseq': 'http://www.adlnet.org/xsd/adlseq_v1p3',
    '@xmlns:adlnav': 'http://www.adlnet.org/xsd/adlnav_v1p3',
    '@xmlns:imsss': 'http://www.imsglobal.org/xsd/imsss',
    metadata: { schema: 'ADL SCORM', schemaversion: '2004 4th Edition' },
    organizations: {
      '@default': 'assignment',
      organization: {
        '@identifier': 'assignment',
        title: shown(title),
        item: {
          '@identifier': 'exercises',
          '@identifierref': 'page',
          title: shown(title),
          // Without that, platforms make up a completion of their own when the page is closed.
          'imsss:sequencing': {
            'imsss:objectives': { 'imsss:primaryObjective': { '@objectiveID': 'points' }, '#': objectives },
            'imsss:deliveryControls': { '@completionSetByContent': 'true', '@objectiveSetByContent': 'true' },
          },
          'adlnav:presentation': {
            'adlnav:navigationInterface': {
              '#': [{ 'adlnav:hideLMSUI': 'previous' }, { 'adlnav:hideLMSUI': 'continue' }],
            },
          },
        },
      },
    },
    resources: {
      resource: {
        '@identifier': 'page',
        '@type': 'webcontent',
        '@adlcp:scormType': 'sco',
        '@href': page,
        file: files.map((href) => ({ '@href': href.split('/').map(encodeURIComponent).join('/') })),
      },
    },
  };
  return `${create({ version: '1.0', encoding: 'UTF-8' }, { manifest }).end({ prettyPrint: true })}\n`;
}

/** Control characters are no XML, whatever they are written as. */
function shown(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about
  return text.replace(/[\u0000-\u001f\u007f\ufffe\uffff]/g, ' ').toWellFormed();
}
