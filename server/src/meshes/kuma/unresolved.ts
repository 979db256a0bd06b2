import { UNKNOWN_NAMESPACE, type Resource } from '../../model/resource.js';
import type { ReadFunctions } from '../../rules/rule.js';
import { nearest } from '../../text/nearest.js';
import { quotedList } from '../../text/words.js';
import type { YamlNode } from '../../yaml/node.js';
import { targetKey } from './kinds/shared.js';
import { partsOf, targetNamesIn, targetsNamed, type Target } from './lookups.js';
import { serviceOfTag } from './names.js';

/** What a rule reads to follow refs by name. */
export const TARGET_READS = { targetsNamed, targetNamesIn };

export interface Unresolved {
  readonly at: YamlNode;
  readonly certainty: 'near' | 'owned';
  readonly message: string;
  /** A name that exists and is written much like it. */
  readonly near: string | undefined;
}

/** A ref by name that leads nowhere, where the workspace shows what is in its namespace; undefined for all others. */
export function unresolved(resource: Resource, node: YamlNode, read: ReadFunctions<typeof TARGET_READS>): Unresolved | undefined {
  const key = targetKey(node, resource);
  if (key === undefined || read.targetsNamed(key).length > 0) return undefined;
  const { kind, namespace, name } = partsOf(key);
  // Stands for a backend that somebody could not find out.
  if (name === 'kuma.io/unresolved-backend') return undefined;
  const tag = kind === 'MeshService' ? serviceOfTag(name) : undefined;
  const place = tag?.namespace ?? namespace;
  const names = read.targetNamesIn(`${kind}/${place}`);
  if (names.length === 0 || place === UNKNOWN_NAMESPACE) return undefined;
  const found = nearest(tag?.name ?? name, names);
  const near =
    found === undefined || tag === undefined ? found : `${found}_${tag.namespace}_svc${tag.port === undefined ? '' : `_${tag.port}`}`;
  const shown = kind === 'MeshService' ? 'MeshService or Service' : kind;
  return {
    at: node.get('name')!,
    certainty: near === undefined ? 'owned' : 'near',
    near,
    message: `No ${shown} "${tag?.name ?? name}" is in namespace "${place}"${near === undefined ? '' : ` (${quotedList([found!])} exists)`}.`,
  };
}

/** What a ref by name means, where it can be told and no template hides its ports. */
export function resolved(
  resource: Resource,
  node: YamlNode,
  read: Pick<ReadFunctions<typeof TARGET_READS>, 'targetsNamed'>,
): Target | undefined {
  const key = targetKey(node, resource);
  const found = key === undefined ? [] : read.targetsNamed(key);
  return found.every((it) => !it.data.incomplete) ? found[0] : undefined;
}
