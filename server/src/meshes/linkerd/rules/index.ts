import type { Rule } from '../../../rules/rule.js';
export const rules: readonly Rule[] = [];
