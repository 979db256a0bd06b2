import { labelsIn, type Labels } from '../../model/selectors.js';
import type { YamlNode } from '../../yaml/node.js';
import type { LabelSelector } from './tables.js';

/** The selector that a map with matchLabels and matchExpressions states; where there is none, one that matches everything. */
export function labelSelectorIn(node: YamlNode | undefined): LabelSelector {
  return {
    matchLabels: labelsIn(node?.map('matchLabels')),
    matchExpressions: (node?.list('matchExpressions.*') ?? []).flatMap((it) => {
      const key = it.text('key');
      return key === undefined
        ? []
        : [{ key, operator: it.text('operator') ?? '', values: it.list('values.*').flatMap((value) => value.text() ?? []) }];
    }),
  };
}

/** Whether labels satisfy everything in a selector. */
export function matches({ matchLabels, matchExpressions }: LabelSelector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values }) => {
      const value = labels[key];
      switch (operator) {
        case 'In':
          return value !== undefined && values.includes(value);
        case 'NotIn':
          return value === undefined || !values.includes(value);
        case 'Exists':
          return value !== undefined;
        case 'DoesNotExist':
          return value === undefined;
        default:
          return false;
      }
    })
  );
}
