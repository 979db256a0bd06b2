// Written by scripts/rules.mjs from the files beside it.
import type { Rule } from '../../../rules/rule.js';
import { leftoverAnnotation } from './leftover-annotation.js';
import { networkPolicyBlocksProxies } from './network-policy-blocks-proxies.js';
import { targetOfAnotherController } from './target-of-another-controller.js';
import { twoInjectors } from './two-injectors.js';

export const rules: readonly Rule[] = [
  leftoverAnnotation,
  networkPolicyBlocksProxies,
  targetOfAnotherController,
  twoInjectors,
];
