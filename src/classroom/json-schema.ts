/** The files of the classroom as JSON Schemas, which the site publishes: editors check and complete by them. */
import * as z from 'zod';
import { assignment } from './assignment.ts';
import { submission } from './submission.ts';

/** By name of the file in static/schemas/. */
export const SCHEMAS: Readonly<Record<string, () => string>> = {
  'assignment-1.json': () => published(assignment, 'An assignment of Happens-Before, version 1'),
  'submission-1.json': () => published(submission, 'A submission to an assignment of Happens-Before, version 1'),
};

function published(schema: z.ZodType, title: string): string {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' });
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
}
