import type { Lookups } from '../index/tables.js';
import type { Reference } from '../model/facts.js';
import type { Resource, ScopeId } from '../model/resource.js';
import type { Range } from '../text/range.js';
import type { RuleMeta } from './rule.js';

/** A workspace as it was, or is, at one revision. */
export interface Revision {
  resources(kind: string): readonly Resource[];
  /** The one that stands for a resource of the other revision: of the same scope, kind, namespace and name. */
  same(resource: Resource): Resource | undefined;
  look(scope: ScopeId): Lookups;
  /** The resource of a definition. */
  resource(id: string): Resource | undefined;
  references(): Iterable<{ readonly resource: Resource; readonly reference: Reference }>;
  /** What defines the thing that a reference names; none: nothing does. */
  definers(reference: Reference): readonly Resource[];
}

export interface Revisions {
  readonly before: Revision;
  readonly after: Revision;
}

/** Something that is fine at either revision and dangerous on the way from one to the other. */
export interface TransitionProblem {
  /** Which revision's text it is told at. */
  readonly in: 'before' | 'after';
  readonly resource: Resource;
  readonly at: Range;
  readonly message: string;
  /** What would have to be there again to go back, as it was before. */
  readonly restores: readonly Resource[];
  /** What would have to go. */
  readonly removes?: readonly Resource[];
}

/** A rule about two revisions of a workspace. In its examples `before/` and `after/` hold the same files. */
export interface Transition extends RuleMeta {
  readonly comparesRevisions: true;
  readonly compare: (revisions: Revisions) => Iterable<TransitionProblem>;
}

export function defineTransition(definition: Omit<Transition, 'comparesRevisions' | 'category'>): Transition {
  return { ...definition, category: 'pitfall', comparesRevisions: true };
}

/** What routes, policies and others still name, though this change removes it. */
export const removedButUsed = defineTransition({
  id: 'meshwright/removed-but-used',
  title: 'Something is removed that others still use',
  severity: 'error',
  effect: 'What uses it fails as soon as it is gone.',
  why: 'A subset, host, gateway or account was there at the revision compared with, and something still names it now. Traffic that goes there fails once both changes are applied.',
  remedy: 'Remove the use first, in a change of its own, or keep what it uses.',
  example: {
    bad: `
# file: before/rules.yaml
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, subsets: [{ name: v1, labels: { version: v1 } }] }
# file: before/routes.yaml
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec: { hosts: [reviews], http: [{ route: [{ destination: { host: reviews, subset: v1 } }] }] }
# file: after/rules.yaml
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews }
# file: after/routes.yaml
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: reviews, namespace: shop }
spec: { hosts: [reviews], http: [{ route: [{ destination: { host: reviews, subset: v1 } }] }] }
`,
    good: `
# file: before/rules.yaml
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews, subsets: [{ name: v1, labels: { version: v1 } }] }
# file: after/rules.yaml
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: reviews, namespace: shop }
spec: { host: reviews }
`,
  },

  *compare({ before, after }) {
    for (const { resource, reference } of after.references()) {
      if (after.definers(reference).length > 0) continue;
      const owners = before.definers(reference);
      if (owners.length === 0) continue;
      const name = reference.key.slice(reference.key.lastIndexOf('/') + 1);
      yield {
        in: 'after',
        resource,
        at: reference.nameRange ?? reference.range,
        message: name.includes('=')
          ? `Nothing has ${name} any more, and this ${resource.kind} still selects it.`
          : `"${name}" is removed, and this ${resource.kind} still uses it.`,
        restores: owners,
      };
    }
  },
});
