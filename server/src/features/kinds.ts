import type { MeshModule } from '../rules/module.js';
import type { Resource } from '../model/resource.js';
import type { Kind } from '../model/kind.js';

/** The system that brings a kind. */
export function moduleOf(modules: readonly MeshModule[], kind: Kind): MeshModule | undefined {
  return modules.find((it) => it.kinds.includes(kind));
}

/** Whether a list of kinds, as a module names them (`VirtualService`, `apps/Deployment`, `*`), holds that of a resource. */
export function namesKind(kinds: readonly string[], module: MeshModule, modules: readonly MeshModule[], resource: Resource): boolean {
  return kinds.some((name) => {
    if (name === '*') return true;
    if (name.includes('/')) return name === `${resource.group}/${resource.kind}`;
    if (name !== resource.kind) return false;
    const own =
      module.kinds.find((it) => it.kind === name) ?? modules.find((it) => it.id === 'kubernetes')?.kinds.find((it) => it.kind === name);
    return own?.group === resource.group;
  });
}

/** Whether a path is one of some patterns, in which `*` stands for an index or any key. */
export function isPathOf(patterns: readonly string[], path: readonly (string | number)[]): boolean {
  return patterns.some((pattern) => {
    const steps = pattern.split('.');
    return steps.length === path.length && steps.every((step, i) => step === '*' || step === path[i]);
  });
}

/** Whether the letters of a word stand in a text in their order, as editors match what is typed. */
export function isSubsequence(word: string, text: string): boolean {
  let at = 0;
  for (const char of word) {
    at = text.indexOf(char, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
