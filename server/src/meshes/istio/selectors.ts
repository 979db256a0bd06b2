import type { Labels } from '../../model/selectors.js';
import type { YamlMap } from '../../yaml/node.js';
import { labelsAt } from '../kubernetes/fields.js';

/** What a policy says of whom it is for. */
export interface StatedSelector {
  readonly selector: Labels | undefined;
  /** It is for what it names, and not for pods with labels. */
  readonly hasTargetRef: boolean;
  /** Something in its selector is no plain label: a template, say. */
  readonly hidesSelector?: boolean;
}

export function selectorIn(root: YamlMap, path: string): StatedSelector {
  const node = root.get(path);
  const map = node?.type === 'map' ? node : undefined;
  const hidesSelector =
    map?.partial === true ||
    map?.entries.some((entry) => entry.keyOpaque || entry.value.text() === undefined) === true ||
    (node?.type === 'scalar' && node.opaque);
  return {
    selector: labelsAt(root, path),
    hasTargetRef: root.has('spec.targetRef') || root.has('spec.targetRefs'),
    ...(hidesSelector && { hidesSelector }),
  };
}
