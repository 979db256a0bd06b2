// Written by scripts/rules.mjs from the files beside it.
import type { Rule } from '../../../rules/rule.js';
import { missingPath } from './missing-path.js';
import { routeBeforeSubset } from './route-before-subset.js';
import { strictBeforeInjection } from './strict-before-injection.js';
import { unknownDependency } from './unknown-dependency.js';
import { unknownNamespace } from './unknown-namespace.js';
import { unknownSource } from './unknown-source.js';

export const rules: readonly Rule[] = [
  missingPath,
  routeBeforeSubset,
  strictBeforeInjection,
  unknownDependency,
  unknownNamespace,
  unknownSource,
];
