import type { YamlNode } from '../../yaml/node.js';

/** One patch of an EnvoyFilter. */
export interface EnvoyPatch {
  readonly patch: YamlNode;
  readonly operation: YamlNode;
  readonly operationText: string;
  readonly applyTo: string;
  /** What is patched, as far as the patch names it; empty where it does not. */
  readonly name: string;
  /** Whether it is for proxies of one version only. */
  readonly ofVersion: boolean;
}

/** Patches of an EnvoyFilter up to the first one without `patch`; those whose operation a template fills in are left out. */
export function patchesOf(root: YamlNode): readonly EnvoyPatch[] {
  const patches: EnvoyPatch[] = [];
  for (const node of root.list('spec.configPatches.*')) {
    const patch = node.get('patch');
    if (patch?.type !== 'map') break;
    const operation = patch.get('operation');
    const operationText = operation?.text();
    const applyTo = node.text('applyTo');
    if (operation === undefined || operationText === undefined || applyTo === undefined) continue;
    const value = patch.get('value');
    const hasValue = value?.type === 'map' && value.entries.length > 0;
    patches.push({
      patch: node,
      operation,
      operationText,
      applyTo,
      name: value?.text('name') ?? (hasValue ? node.text('match.listener.filterChain.filter.name') : undefined) ?? '',
      ofVersion: node.has('match.proxy.proxyVersion'),
    });
  }
  return patches;
}
