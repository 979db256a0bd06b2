import { existsSync, readFileSync } from 'node:fs';
import { createSchemas, type SchemaSet } from '../schema/schemas.js';

/** The schemas that come with us: beside the bundle, or in the repository where the sources run as they are. */
export function bundledSchemas(): SchemaSet {
  const folder = [new URL('./schemas/', import.meta.url), new URL('../../../schemas/', import.meta.url)].find((it) => existsSync(it));
  return createSchemas((name) => {
    const file = folder && new URL(name, folder);
    return file && existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  });
}
