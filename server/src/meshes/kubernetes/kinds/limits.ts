import { defineKind } from '../../../model/kind.js';

/** How much the pods of a namespace may ask for together. */
export const resourceQuota = defineKind({
  group: '',
  kind: 'ResourceQuota',
  versions: ['v1'],
  shortNames: ['quota'],
  system: 'kubernetes',
});

/** How much one pod or container of a namespace may ask for. */
export const limitRange = defineKind({ group: '', kind: 'LimitRange', versions: ['v1'], shortNames: ['limits'], system: 'kubernetes' });
