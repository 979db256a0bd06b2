import type { Definition } from '../../model/facts.js';
import type { Resource, ResourceId } from '../../model/resource.js';
import type { Fix, FixContext, Reads } from '../../rules/rule.js';
import { shortPath } from '../../text/uri.js';
import { insertEntry, quoteIfNeeded, removeEntry } from '../../yaml/edit.js';
import type { YamlMap } from '../../yaml/node.js';
import type { GatewayFacts } from '../gateway-api/tables.js';

type Context = Pick<FixContext<Reads>, 'resource' | 'other'>;

/** Labels that would let Istio give a Namespace's pods a proxy. */
const MEMBERSHIP = ['istio-injection', 'istio.io/rev', 'istio.io/dataplane-mode'];
/** Says of a workload, in a label or an annotation, that it wants no sidecar. */
const OPT_OUT = 'sidecar.istio.io/inject';
const TEMPLATES = ['spec.template.metadata', 'spec.jobTemplate.spec.template.metadata', 'metadata'];

/** Brings the pods of a Namespace into the mesh, where it says nothing of it. */
export function labelNamespace(id: ResourceId, context: Context, why = ''): readonly Fix[] {
  const place = context.other(id);
  const labels = place?.resource.root.map('metadata.labels');
  if (!place || MEMBERSHIP.some((it) => labels?.entry(it))) return [];
  const title = `Label Namespace "${place.resource.name}" istio-injection=enabled${why}${whereOf(place.file, context)}`;
  return setLabel(id, context, 'istio-injection', 'enabled', title);
}

/** Lets the sidecar of a workload be injected which says that it wants none. */
export function removeOptOut(id: ResourceId, { other }: Context, name: string): readonly Fix[] {
  const workload = other(id);
  const maps = TEMPLATES.flatMap((path) => ['labels', 'annotations'].map((it) => workload?.resource.root.map(`${path}.${it}`)));
  const map = maps.find((it) => it?.entry(OPT_OUT));
  const edit = map && workload && removeEntry(workload.text, map, OPT_OUT);
  return edit ? [{ title: `Remove the opt-out of "${name}"`, edits: [{ resource: id, ...edit }] }] : [];
}

/** Names of waypoints for Services, of Gateways of the class that Istio serves. */
export function waypointsAmong(gateways: readonly Definition<GatewayFacts>[]): readonly string[] {
  return gateways
    .filter(({ data }) => data.className === 'istio-waypoint' && !['none', 'workload'].includes(data.labels['istio.io/waypoint-for'] ?? ''))
    .map((it) => it.data.name)
    .sort();
}

/** Leads the traffic of a Namespace or a Service through one of the waypoints at hand. */
export function useWaypoint(id: ResourceId, context: Context, waypoints: readonly string[]): readonly Fix[] {
  const place = context.other(id);
  if (!place) return [];
  return waypoints.slice(0, 3).flatMap((it) => {
    const title = `Use waypoint "${it}" for ${place.resource.kind} "${place.resource.name}"${whereOf(place.file, context)}`;
    return setLabel(id, context, 'istio.io/use-waypoint', it, title);
  });
}

function setLabel(id: ResourceId, { other }: Context, label: string, value: string, title: string): readonly Fix[] {
  const place = other(id);
  const metadata = place && metadataOf(place.resource);
  if (!place || !metadata) return [];
  const labels = metadata.map('labels');
  const known = labels?.entry(label)?.value;
  if (known && known.type !== 'scalar') return [];
  const edit = known
    ? { range: { start: known.start, end: known.end }, text: quoteIfNeeded(value) }
    : labels
      ? insertEntry(place.text, labels, label, quoteIfNeeded(value))
      : insertEntry(
          place.text,
          metadata,
          'labels',
          `${label}: ${quoteIfNeeded(value)}`,
          metadata.entry('namespace') ? 'namespace' : 'name',
        );
  return [{ title, edits: [{ resource: id, ...edit }] }];
}

/** The file, where it is another one. */
function whereOf(file: string, { resource }: Context): string {
  return file === resource.uri ? '' : ` (${shortPath(file)})`;
}

function metadataOf({ root }: Resource): YamlMap | undefined {
  const metadata = root.map('metadata');
  return metadata?.partial === true ? undefined : metadata;
}
