import { defineTable } from '../../index/tables.js';

export interface FluxKustomization {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly path: string;
  readonly uri: string;
  /** Keys of those that it waits for. */
  readonly dependsOn: readonly string[];
}

/** Flux Kustomizations by `namespace/name`. */
export const kustomizations = defineTable<FluxKustomization>('flux/kustomizations');

/** The same by the last step of their path. */
export const kustomizationsByFolder = defineTable<FluxKustomization>('flux/kustomizationsByFolder');

/** Sources by `Kind/namespace/name`. */
export const sources = defineTable<null>('flux/sources');

/** Names of sources by `Kind/namespace`. */
export const sourceNames = defineTable<string>('flux/sourceNames');

/** HelmReleases by `namespace/name`. */
export const helmReleases = defineTable<null>('flux/helmReleases');

export const tables = [kustomizations, kustomizationsByFolder, sources, sourceNames, helmReleases];
