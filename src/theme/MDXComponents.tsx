/** Components that every chapter may use without importing them. */
import MDXComponents from '@theme-original/MDXComponents';
import { Exercise } from '../site/exercise.tsx';
import { OperationTable } from '../site/operation-table.tsx';
import { Program } from '../site/program.tsx';
import { Terminals } from '../site/terminals.tsx';

export default { ...MDXComponents, Exercise, OperationTable, Program, Terminals };
