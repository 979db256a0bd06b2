import { rangeOf, type Range } from '../text/range.js';
import type { ResourceId, ScopeId } from './resource.js';

/** Something that a resource brings into the world under a key of a table: a host, a subset, a service account. */
export interface Definition<D = unknown> {
  readonly table: string;
  readonly key: string;
  readonly resource: ResourceId;
  readonly scope: ScopeId;
  /** The place to show when somebody asks where this is defined; relative to the resource's document. */
  readonly range: Range;
  readonly data: D;
}

/** A place where a resource names something by the key of a lookup. */
export interface Reference {
  readonly lookup: string;
  readonly key: string;
  readonly resource: ResourceId;
  readonly scope: ScopeId;
  readonly range: Range;
  /** What of the written text names the thing, for rename: `reviews` of `reviews.shop.svc.cluster.local`. Undefined: all of it. */
  readonly nameRange: Range | undefined;
}

/** A reference, kept for long: its two ranges are made when somebody asks, which is seldom. Offsets of a name below 0 are of none. */
export class KeptReference implements Reference {
  constructor(
    readonly lookup: string,
    readonly key: string,
    readonly resource: ResourceId,
    readonly scope: ScopeId,
    private readonly start: number,
    private readonly end: number,
    private readonly nameStart: number,
    private readonly nameEnd: number,
  ) {}

  get range(): Range {
    return rangeOf(this.start, this.end);
  }

  get nameRange(): Range | undefined {
    return this.nameStart < 0 ? undefined : rangeOf(this.nameStart, this.nameEnd);
  }
}
