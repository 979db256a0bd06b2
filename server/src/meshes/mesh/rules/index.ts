// Written by scripts/rules.mjs from the files beside it.
import type { Rule } from '../../../rules/rule.js';
import { leftoverAnnotation } from './leftover-annotation.js';
import { targetOfAnotherController } from './target-of-another-controller.js';
import { twoInjectors } from './two-injectors.js';

export const rules: readonly Rule[] = [
  leftoverAnnotation,
  targetOfAnotherController,
  twoInjectors,
];
