/** Lets a suite anywhere on the disk import what suites are written with: `happens-before/suite`, `happens-before/expect`. */
import { registerHooks } from 'node:module';

// The names that package.json exports: inside the project Node finds them by itself.
const MODULES: Readonly<Record<string, URL>> = {
  'happens-before/suite': new URL('../../grader/suite.ts', import.meta.url),
  'happens-before/expect': new URL('../../grader/expect.ts', import.meta.url),
};

registerHooks({
  resolve(specifier, context, next) {
    const module = MODULES[specifier];
    return module ? { url: module.href, format: 'module-typescript', shortCircuit: true } : next(specifier, context);
  },
});
