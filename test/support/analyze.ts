import { analyze, type InputFile } from '../../server/src/analysis/analyze.js';
import { bundledSchemas } from '../../server/src/hosts/schemas.js';
import type { Settings } from '../../server/src/index/settings.js';

/** The schemas that ship, read once. */
export const schemas = bundledSchemas();

/** Checks files as the CLI does: with every rule and every schema. A rule that throws is a failure of the test. */
export function analyzeWithSchemas(files: readonly InputFile[], settings: Settings = {}): ReturnType<typeof analyze> {
  return analyze(files, settings, {
    schemas,
    onFailure: (what, where, error) => {
      throw new Error(`${what} failed on ${where}`, { cause: error });
    },
  });
}
