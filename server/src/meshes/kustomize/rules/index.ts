// Written by scripts/rules.mjs from the files beside it.
import type { Rule } from '../../../rules/rule.js';
import { listedTwice } from './listed-twice.js';
import { missingPath } from './missing-path.js';
import { noKustomizationInFolder } from './no-kustomization-in-folder.js';
import { patchForNothing } from './patch-for-nothing.js';
import { unlistedFile } from './unlisted-file.js';

export const rules: readonly Rule[] = [
  listedTwice,
  missingPath,
  noKustomizationInFolder,
  patchForNothing,
  unlistedFile,
];
