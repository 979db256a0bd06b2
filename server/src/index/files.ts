import { defineSetting, defineTable } from './tables.js';

/** What is known of a path. */
export interface KnownPath {
  readonly sort: 'file' | 'folder';
  /** The file to show for it: itself, or the kustomization or chart of a folder. */
  readonly opens: string | undefined;
  /** Whether a folder holds a kustomization. */
  readonly hasKustomization: boolean;
  /** Whether a folder holds a chart. */
  readonly hasChart: boolean;
}

/** Files and folders of the workspace, by URI without a trailing slash. At most one each, of no resource. The host fills it. */
export const paths = defineTable<KnownPath>('paths');

/** Whether the host tells of files that nobody reads too, so that what it does not tell is not there. */
export const seesDisk = defineSetting<boolean>('seesDisk', false);
