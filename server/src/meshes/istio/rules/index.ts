import type { Rule } from '../../../rules/rule.js';
import { unknownHost } from './unknown-host.js';

/** Every rule of Istio, by id. `npm run new-rule` adds to this list. */
export const rules: readonly Rule[] = [unknownHost];
