// Written by scripts/rules.mjs from the files beside it.
import type { Rule } from '../../../rules/rule.js';
import { injectionLabelsConflict } from './injection-labels-conflict.js';
import { partialHost } from './partial-host.js';
import { principalWithScheme } from './principal-with-scheme.js';
import { shortHostElsewhere } from './short-host-elsewhere.js';
import { strictMtlsWithoutInjection } from './strict-mtls-without-injection.js';
import { unknownHost } from './unknown-host.js';
import { unknownPrincipal } from './unknown-principal.js';
import { unknownSubset } from './unknown-subset.js';

export const rules: readonly Rule[] = [
  injectionLabelsConflict,
  partialHost,
  principalWithScheme,
  shortHostElsewhere,
  strictMtlsWithoutInjection,
  unknownHost,
  unknownPrincipal,
  unknownSubset,
];
