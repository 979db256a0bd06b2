// Written by scripts/rules.mjs from the files beside it.
import type { Rule } from '../../../rules/rule.js';

export const rules: readonly Rule[] = [];
