import { folderOf } from '../text/uri.js';
import { toJson } from '../yaml/json.js';
import type { YamlNode } from '../yaml/node.js';
import { parseDocument } from '../yaml/parse.js';
import { splitDocuments } from '../yaml/split.js';

/** A folder that Argo CD or Flux applies. */
export interface Delivery {
  /** As it is written, from the root of the repository. */
  readonly path: string;
  /** A `*` as last step stands for every folder there; the namespace may be its name. */
  readonly isPattern: boolean;
  /** Namespace of what states none; `$name`: that of the folder. */
  readonly namespace: string | undefined;
  /** Whether it is the namespace of what states one, too. */
  readonly forces: boolean;
  /** Whether folders below are applied too, where no kustomization says what is. */
  readonly recurses: boolean;
  /** How a chart in that folder is installed. */
  readonly install?: Install;
}

/** What installs a chart says of it. */
export interface Install {
  readonly release: string | undefined;
  /** Values in the order in which they count: as YAML, in a file of the chart, or under a key of a ConfigMap in the same repository. */
  readonly values: readonly ValuesSource[];
  /** Some come from where nobody can look, such as a Secret. */
  readonly hidesValues: boolean;
}

export type ValuesSource = { readonly text: string } | { readonly file: string } | { readonly configMap: string; readonly key: string };

/** Whether a text may hold objects of Argo CD or Flux. */
export function mayDeliver(text: string): boolean {
  return text.includes('argoproj.io/') || text.includes('toolkit.fluxcd.io/');
}

/** A file that a generator takes values from, its path counted from the root of the repository. */
export interface ConfigFile {
  readonly path: string;
  readonly text: string;
}

/** The files that a pattern of a generator takes in. */
export type ConfigReader = (pattern: string) => readonly ConfigFile[];

/** What the objects of a file apply. */
export function deliveriesIn(text: string, configs: ConfigReader = () => []): readonly Delivery[] {
  return splitDocuments(text).flatMap((document): readonly Delivery[] => {
    if (!mayDeliver(document.text)) return [];
    const root = parseDocument(document.text).root;
    const apiVersion = root?.text('apiVersion') ?? '';
    if (root === undefined) return [];
    if (apiVersion.startsWith('argoproj.io/')) {
      if (root.text('kind') === 'Application') return applications(root.get('spec'), [], root.text('metadata.name'));
      if (root.text('kind') === 'ApplicationSet') return applicationSet(root, configs);
      return [];
    }
    if (apiVersion.startsWith('kustomize.toolkit.fluxcd.io/') && root.text('kind') === 'Kustomization') {
      const namespace = root.text('spec.targetNamespace');
      return [{ path: root.text('spec.path') ?? './', isPattern: false, namespace, forces: namespace !== undefined, recurses: true }];
    }
    if (apiVersion.startsWith('helm.toolkit.fluxcd.io/') && root.text('kind') === 'HelmRelease') {
      const chart = root.text('spec.chart.spec.chart');
      // A name without a path is that of a chart in some repository of charts.
      if (chart === undefined || !/^\.{0,2}\//.test(chart)) return [];
      const namespace = root.text('spec.targetNamespace') ?? root.text('metadata.namespace');
      return [{ path: chart, isPattern: false, namespace, forces: false, recurses: false, install: fluxInstall(root) }];
    }
    return [];
  });
}

function fluxInstall(root: YamlNode): Install {
  const target = root.text('spec.targetNamespace');
  const name = root.text('metadata.name');
  const from = root.list('spec.valuesFrom.*');
  const values = from.flatMap((it): ValuesSource[] => {
    const configMap = it.text('name');
    const isWhole = it.text('kind') === 'ConfigMap' && !it.has('targetPath');
    return isWhole && configMap !== undefined ? [{ configMap, key: it.text('valuesKey') ?? 'values.yaml' }] : [];
  });
  const own = root.get('spec.values');
  return {
    release: root.text('spec.releaseName') ?? (name === undefined || target === undefined ? name : `${target}-${name}`),
    values: own === undefined ? values : [...values, { text: JSON.stringify(toJson(own)) }],
    hidesValues: values.length < from.length || own?.type === 'scalar',
  };
}

type Fills = readonly (readonly [string, string])[];

function argoInstall(source: YamlNode, name: string | undefined, fills: Fills): Install {
  const files = source.list('helm.valueFiles.*');
  const values = files.flatMap((it): ValuesSource[] => {
    const file = written(it, fills);
    // With a variable in front it is in another repository.
    return file === undefined || file.startsWith('$') || file.includes('://') || file.includes('{{') ? [] : [{ file }];
  });
  const [text, object] = [source.get('helm.values'), source.get('helm.valuesObject')];
  const inText = written(text, fills);
  if (object?.type === 'map') values.push({ text: JSON.stringify(toJson(object)) });
  else if (inText !== undefined) values.push({ text: inText });
  const isTemplated = values.some((it) => 'text' in it && it.text.includes('{{')) || object?.type === 'scalar';
  return {
    release: [written(source.get('helm.releaseName'), fills) ?? name].find((it) => it?.includes('{{') === false),
    values: values.filter((it) => !('text' in it && it.text.includes('{{'))),
    hidesValues: values.length < files.length || isTemplated || source.has('helm.parameters') || source.has('helm.fileParameters'),
  };
}

function applications(
  spec: YamlNode | undefined,
  fills: readonly (readonly [string, string])[],
  name: string | undefined,
): readonly Delivery[] {
  if (spec === undefined) return [];
  const namespace = written(spec.get('destination.namespace'), fills);
  return [spec.get('source'), ...spec.list('sources.*')].flatMap((source): Delivery[] => {
    const path = written(source?.get('path'), fills);
    if (source === undefined || path === undefined || path.includes('{{')) return [];
    const recurses = source.boolean('directory.recurse') === true;
    return [
      {
        path,
        isPattern: path.endsWith('/*'),
        namespace: namespace?.includes('{{') === true ? undefined : namespace,
        forces: false,
        recurses,
        install: argoInstall(source, name, fills),
      },
    ];
  });
}

/** The Applications that lists of elements, of folders, of files and of clusters make, and each of the one with each of the other. */
function applicationSet(root: YamlNode, configs: ConfigReader): readonly Delivery[] {
  const spec = root.get('spec.template.spec');
  const fillings = root.list('spec.generators.*').flatMap((it) => fillingsOf(it, configs));
  return fillings.flatMap((it) => applications(spec, it, written(root.get('spec.template.metadata.name'), it)));
}

/** More than these no repository means to have. */
const MOST_FILLINGS = 500;

function fillingsOf(generator: YamlNode, configs: ConfigReader): readonly Fills[] {
  const [first, ...others] = generator.list('matrix.generators.*').map((it) => fillingsOf(it, configs));
  const product = others.reduce((all, more) => all.flatMap((a) => more.map((b) => [...a, ...b])).slice(0, MOST_FILLINGS), first ?? []);
  const elements = generator.list('list.elements.*').flatMap((element): Fills[] => {
    if (element.type !== 'map') return [];
    return [element.entries.flatMap((it) => (it.value.text() === undefined ? [] : [[it.key, it.value.text()!] as const]))];
  });
  const folders = generator.list('git.directories.*').flatMap((directory): Fills[] => {
    const path = directory.text('path');
    if (path === undefined || directory.boolean('exclude') === true) return [];
    return [
      [
        ['path', path],
        ['path.path', path],
        ['path.basename', path.endsWith('/*') ? '$name' : path.slice(path.lastIndexOf('/') + 1)],
      ],
    ];
  });
  // What a cluster is called is told by Secrets that nobody commits; what is the same in all of them is known.
  const clusters = generator.has('clusters') ? [fillsOf(generator.map('clusters.values'), 'values.')] : [];
  return [...product, ...elements, ...folders, ...fileFillings(generator, configs), ...clusters];
}

/** Of each file that a generator takes in, and that says them: its values and the parts of its path. */
function fileFillings(generator: YamlNode, configs: ConfigReader): readonly Fills[] {
  const patterns = generator.list('git.files.*');
  // What is taken out again may be anything.
  if (patterns.some((it) => it.has('exclude'))) return [];
  const files = new Map(patterns.flatMap((it) => configs(it.text('path') ?? '').map((file) => [file.path, file.text] as const)));
  const fillings = [...files].flatMap(([file, text]): Fills[] => {
    const root = parseDocument(splitDocuments(text)[0]!.text).root;
    const path = file.slice(0, Math.max(file.lastIndexOf('/'), 0));
    const shared: Fills = [
      ['path', path],
      ['path.path', path],
      ['path.basename', path.slice(path.lastIndexOf('/') + 1)],
      ['path.filename', file.slice(file.lastIndexOf('/') + 1)],
    ];
    return (root?.type === 'list' ? root.items : [root]).flatMap((it) => (it?.type === 'map' ? [[...shared, ...fillsOf(it, '')]] : []));
  });
  return fillings.slice(0, MOST_FILLINGS);
}

/** What stands in a map, by paths as templates write them. */
function fillsOf(node: YamlNode | undefined, before: string): Fills {
  if (node?.type !== 'map') return [];
  return node.entries.flatMap(({ key, value }): Fills => {
    if (value.type === 'map') return fillsOf(value, `${before}${key}.`);
    return value.type === 'scalar' && !value.opaque && value.value !== null ? [[before + key, String(value.value)]] : [];
  });
}

/** A text with what a generator fills in: `{{name}}` and `{{.name}}`. */
function written(node: YamlNode | undefined, fills: Fills): string | undefined {
  if (node?.type !== 'scalar' || typeof node.value !== 'string') return undefined;
  return node.value.replace(/\{\{-?\s*\.?([\w.]+)\s*-?\}\}/g, (whole, name: string) => fills.find(([key]) => key === name)?.[1] ?? whole);
}

/** Where a path of a repository may lead from a file of it: the root is not told, and the nearest folder that fits is taken for it. */
export function candidatesFor(uri: string, path: string): readonly string[] {
  const steps = path.split('/').filter((it) => it !== '' && it !== '.' && it !== '..');
  const candidates: string[] = [];
  for (let root = folderOf(uri); /^[a-z]+:\/\/[^/]*\//.test(`${root}/`) && root.includes('/'); root = folderOf(root)) {
    candidates.push([root, ...steps.map((it) => encodeURI(it))].join('/'));
    if (/^[a-z]+:\/\/[^/]*$/.test(root)) break;
  }
  return candidates;
}
