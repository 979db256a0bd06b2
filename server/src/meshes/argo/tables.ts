import { defineTable } from '../../index/tables.js';

/** Paths of a repository that Applications apply, by its URL; data: the key of `repositoryPath`. */
export const pathsOfRepository = defineTable<string>('argo/pathsOfRepository');

/** When Argo CD applies a resource, by the resource's id; those that say nothing are of wave 0. */
export const waves = defineTable<number>('argo/waves');

export const tables = [pathsOfRepository, waves];
