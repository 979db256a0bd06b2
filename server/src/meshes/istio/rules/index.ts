// Written by scripts/rules.mjs from the files beside it.
import type { Rule } from '../../../rules/rule.js';
import { injectionLabelsConflict } from './injection-labels-conflict.js';
import { partialHost } from './partial-host.js';
import { shortHostElsewhere } from './short-host-elsewhere.js';
import { strictMtlsWithoutInjection } from './strict-mtls-without-injection.js';
import { unknownHost } from './unknown-host.js';

export const rules: readonly Rule[] = [injectionLabelsConflict, partialHost, shortHostElsewhere, strictMtlsWithoutInjection, unknownHost];
