import { isTyped } from '../model/kind.js';
import { isCalledPatch, type Resource } from '../model/resource.js';
import { nearest } from '../text/nearest.js';
import type { Range } from '../text/range.js';
import { toJson } from '../yaml/json.js';
import type { Json, YamlEntry, YamlList, YamlMap, YamlNode, YamlScalar } from '../yaml/node.js';
import { pathAt } from '../yaml/path.js';
import { type CelValue, celValue, concerns, conditionOnAll, durationBound, holds, messageBy } from './cel.js';
import { formatName, hasFormat, integerRange, parseDuration } from './formats.js';
import { checkLabels, checkName } from './metadata.js';
import { searchPattern } from './pattern.js';
import { anyOfFields, meets, partsOf } from './logic.js';
import { isNewer } from './releases.js';
import { skeletonOf } from './skeleton.js';
import type { Elsewhere, KindSchema, SchemaField, SchemaSet } from './schemas.js';
import { isUnknown } from './unknown.js';
import { capitalized, choices, nounOf, quotedList, shown } from './words.js';

export type SchemaCode =
  | 'unknown-kind'
  | 'unknown-version'
  | 'unknown-field'
  | 'wrong-type'
  | 'unknown-value'
  | 'required-field'
  | 'one-of'
  | 'out-of-range'
  | 'pattern'
  | 'format'
  | 'duplicate-item'
  | 'condition'
  | 'metadata';

/** Something in a manifest that the API server refuses, or drops without a word. */
export interface SchemaFinding {
  readonly code: SchemaCode;
  /** What is wrong here, in one sentence. */
  readonly message: string;
  readonly range: Range;
  /** Where it is not an error. */
  readonly severity?: 'warning' | 'info';
  /** It rests on a channel that nobody chose: the cluster may well have the other one. */
  readonly isGuess?: boolean;
  /** What happens, where it is not what always does. */
  readonly effect?: string;
  readonly related?: readonly { readonly at: Range; readonly message: string }[];
  /** What can be done about it, as plain JSON. */
  readonly remedies?: readonly Remedy[];
}

export type Remedy =
  /** Write other text in place of the finding's range. */
  | { readonly do: 'replace'; readonly text: string; readonly certain: boolean }
  /** Put the scalar into quotes, so that it is text. */
  | { readonly do: 'quote' }
  | { readonly do: 'unquote'; readonly text: string }
  /** Make the value the one item of a list. */
  | { readonly do: 'wrap' }
  /** Take out the entry whose key is at a range. */
  | { readonly do: 'remove'; readonly key: string; readonly at: Range }
  /** Take the entry whose key is at the finding's range into the map around it whose first key is at `into`. */
  | { readonly do: 'move-up'; readonly key: string; readonly into: Range }
  /** Give the map at `into` an entry; `value` is YAML in block style. */
  | { readonly do: 'insert'; readonly key: string; readonly value: string; readonly into: Range }
  /** Say in the settings of the workspace which channel of a system the cluster has. */
  | { readonly do: 'choose-channel'; readonly system: string; readonly channel: string };

export type Report = (finding: SchemaFinding) => void;

/** Checks a resource against the schema of its kind; nothing for kinds without one. */
export function validate(schemas: SchemaSet, resource: Resource): readonly SchemaFinding[] {
  const kind = schemas.kind(resource.group, resource.kind);
  const findings: SchemaFinding[] = [];
  const report: Report = (finding) => findings.push(finding);
  if (kind === undefined) {
    const at = resource.root.get('kind');
    const elsewhere = at && schemas.elsewhere(resource.apiVersion, resource.kind);
    if (elsewhere !== undefined)
      report({
        code: 'unknown-kind',
        message: `"${resource.kind}" is in the ${elsewhere.channel} channel only (${elsewhere.kind.system}.channel).`,
        range: plainRange(at!),
        isGuess: !elsewhere.isChosen,
        remedies: [channelOf(elsewhere)],
      });
    return findings;
  }
  const root = schemas.root(resource.apiVersion, resource.kind);
  if (root === undefined || kind.versions[resource.version]?.served === false) {
    // Kubernetes' own kinds have lost versions that older clusters serve, and our facts know only today's.
    const apiVersion = resource.root.get('apiVersion');
    if (kind.system !== 'kubernetes' && apiVersion !== undefined)
      report(unknownVersion(resource, kind, schemas.elsewhere(resource.apiVersion, resource.kind), apiVersion));
    return findings;
  }
  new Validation(schemas, resource, kind, report).run(root);
  const at = resource.root.get('apiVersion');
  // Of the kinds that come with us their systems tell it, where it matters to them.
  if (kind.system === 'workspace' && kind.versions[resource.version]?.deprecated === true && at !== undefined)
    report(deprecatedVersion(resource, kind, at));
  return findings;
}

function deprecatedVersion({ group, kind, version }: Resource, { versions }: KindSchema, at: Range): SchemaFinding {
  const current = Object.keys(versions).filter((it) => versions[it]!.served !== false && versions[it]!.deprecated !== true);
  return {
    code: 'unknown-version',
    message: `Version "${shown(version)}" of ${kind} is deprecated${current.length === 0 ? '' : `; use ${choices(current.map((it) => `${group}/${it}`))}`}.`,
    range: plainRange(at),
    severity: 'warning',
    effect: 'The API server takes it, with a warning.',
    remedies: current.length === 1 ? [{ do: 'replace', text: `${group}/${current[0]!}`, certain: false }] : [],
  };
}

function unknownVersion(
  { group, kind, version }: Resource,
  { versions }: KindSchema,
  elsewhere: Elsewhere | undefined,
  at: Range,
): SchemaFinding {
  const served = Object.keys(versions).filter((it) => versions[it]!.served !== false);
  const names = served.map((it) => `${group}/${it}`);
  const near = nearest(version, served) ?? served[0] ?? version;
  const remedies: Remedy[] = near === version ? [] : [{ do: 'replace', text: `${group}/${near}`, certain: served.length === 1 }];
  // Clusters of an earlier release, or with more channels, may well serve it.
  const other = elsewhere?.kind.versions[version];
  if (other !== undefined && other.served !== false) {
    const message = `Version "${shown(version)}" of ${kind} is in the ${elsewhere!.channel} channel only; elsewhere use ${choices(names)}.`;
    return {
      code: 'unknown-version',
      message,
      range: plainRange(at),
      severity: 'warning',
      isGuess: !elsewhere!.isChosen,
      effect: ELSEWHERE,
      remedies: [channelOf(elsewhere!), ...remedies],
    };
  }
  if (version in versions) {
    const message = `Version "${shown(version)}" of ${kind} is served no longer; use ${choices(names)}.`;
    return { code: 'unknown-version', message, range: plainRange(at), severity: 'warning', effect: ELSEWHERE, remedies };
  }
  return {
    code: 'unknown-version',
    message: `There is no version "${shown(version)}" of ${kind}; use ${choices(names)}.`,
    range: plainRange(at),
    remedies,
  };
}

function channelOf({ channel, kind }: Elsewhere): Remedy {
  return { do: 'choose-channel', system: kind.system, channel };
}

const ELSEWHERE = 'A cluster that does not serve it rejects the object.';

/** What stands for a value where something is missing in it: the entry whose key is marked, or what is nearest to one. */
type Holder = YamlEntry | YamlNode;

/** The place to mark: most values are right, and nobody asks. */
function placeOf(holder: Holder): Range {
  return 'keyRange' in holder ? holder.keyRange : holder;
}

/** A map on the way from the root to where validation is. */
interface Level {
  readonly map: YamlMap;
  readonly field: SchemaField;
  readonly parent: Level | undefined;
}

class Validation {
  readonly #schemas: SchemaSet;
  readonly #kind: KindSchema;
  readonly #resource: Resource;
  readonly #root: YamlMap;
  /** Kubernetes' own kinds are decoded into Go types: more forgiving about nulls and empty text. */
  readonly #isBuiltIn: boolean;
  readonly #report: Report;
  /** Release that fields must not be newer than. */
  readonly #target: string | undefined;
  /** How many findings there are after which the API server checks no conditions of the values around them. */
  #blocking = 0;
  /** A patch, known as such or by what people call their files. */
  readonly #isFragment: boolean;
  /** Values of a Secret must not reach any output. */
  readonly #isSecret: boolean;

  constructor(schemas: SchemaSet, resource: Resource, kind: KindSchema, report: Report) {
    this.#schemas = schemas;
    this.#kind = kind;
    this.#resource = resource;
    this.#root = resource.root;
    this.#isBuiltIn = kind.system === 'kubernetes';
    this.#target = schemas.target(kind.system);
    this.#report = (finding) => {
      if (BLOCKING.has(finding.code)) this.#blocking++;
      report(finding);
    };
    this.#isSecret = resource.kind === 'Secret' && resource.group === '';
    this.#isFragment = resource.partial || isCalledPatch(resource.uri) || this.#root.entry('$patch') !== undefined;
  }

  run(rootField: SchemaField): void {
    const root = this.#root;
    if (this.#target !== undefined) {
      const apiVersion = root.get('apiVersion');
      const { version, kind: name } = this.#resource;
      if (apiVersion)
        this.#checkAge('unknown-version', this.#kind.versions[version]?.since, `Version "${version}" of ${name}`, plainRange(apiVersion));
    }
    const { group } = this.#resource;
    const level: Level = { map: root, field: rootField, parent: undefined };
    this.#checkMap(level, root.get('kind') ?? root);
    if (this.#blocking === 0) this.#checkRules(root, rootField, root.get('kind') ?? root);
    const metadata = root.map('metadata');
    if (metadata === undefined) return;
    // A kustomization is no object of a cluster.
    const isKustomization = group === 'kustomize.config.k8s.io';
    // The name in a patch may be a pattern, and outside of Kubernetes it follows other rules.
    if (!this.#isFragment && !isTyped(this.#resource))
      checkName(metadata, isKustomization ? { ...this.#kind, namespaced: true } : this.#kind, this.#report);
    const metadataEntry = root.entry('metadata')!;
    const needsName = !isKustomization;
    if (needsName && !this.#isPartial(metadata) && !root.partial && !metadata.has('name') && !metadata.has('generateName')) {
      const remedies: Remedy[] = [{ do: 'insert', key: 'name', value: '<name>', into: plainRange(metadata) }];
      this.#report({
        code: 'required-field',
        message: `${capitalized(nounOf(rootField))} needs a name.`,
        range: metadataEntry.keyRange,
        remedies,
      });
    }
  }

  #check(node: YamlNode, field: SchemaField, at: Holder, level: Level): void {
    if (field.isPlain) {
      // What most values are: text where no more than text is asked for.
      if (field.type === 'string' && node.type === 'scalar' && typeof node.value === 'string') return;
      return this.#checkValue(node, field, at, level);
    }
    const before = this.#blocking;
    this.#checkValue(node, field, at, level);
    if (this.#blocking === before) this.#checkRules(node, field, at);
  }

  #checkValue(node: YamlNode, field: SchemaField, at: Holder, level: Level): void {
    if (node.type === 'scalar' && isUnknown(node)) return;
    if (isNull(node)) {
      // A null that is no item of a list counts as absent.
      if (field.facts.nullable === true || field.name !== '*' || field.parent?.type === 'map' || field.type === 'any' || this.#isBuiltIn)
        return;
    }
    switch (field.type) {
      case 'any':
        return;
      case 'object':
        if (node.type === 'map') return this.#checkMap({ map: node, field, parent: level }, at);
        break;
      case 'map':
        if (node.type === 'map') return this.#checkFreeMap({ map: node, field, parent: level }, at);
        break;
      case 'list':
        if (node.type === 'list') return this.#checkList(node, field, at, level);
        break;
      default:
        if (node.type === 'scalar' && hasType(node, field)) return field.isPlain ? undefined : this.#checkScalar(node, field);
    }
    this.#report(this.#wrongType(node, field, placeOf(at)));
  }

  #checkMap(level: Level, at: Holder): void {
    const { map, field } = level;
    let misspelled: Set<string> | undefined;
    for (const entry of map.entries) {
      if (entry.keyOpaque) continue;
      const child = field.child(entry.key);
      if (child !== undefined) {
        if (this.#target !== undefined) this.#checkAge('unknown-field', child.since, `"${entry.key}"`, entry.keyRange);
        this.#check(entry.value, child, entry, level);
      } else if (field.facts.open !== true && !this.#isDirective(entry, level))
        this.#checkUnknown(entry, level, (misspelled ??= new Set()));
    }
    if (!field.isPlain) this.#checkParts(level, misspelled, at);
    if (field.shape === 'ObjectMeta') checkLabels(map, this.#report);
  }

  /** Which fields a map needs, which of them exclude one another, and what else is stated of all of them. */
  #checkParts({ map, field }: Level, misspelled: ReadonlySet<string> | undefined, at: Holder): void {
    const { required = NONE, oneOf = NONE, exactlyOne = NONE } = field.facts;
    for (const name of required) {
      if (hasValue(map, name) || this.#isPartial(map) || misspelled?.has(name) === true || field.child(name)?.facts.default !== undefined)
        continue;
      const text = field.parent === undefined && name === 'metadata' ? 'a name' : `"${name}"`;
      this.#report({
        code: 'required-field',
        message: `${capitalized(nounOf(field))} needs ${text}.`,
        range: placeOfLack(map, field, at),
        remedies: additions(map, field, [name]),
      });
    }
    for (const group of oneOf) this.#checkGroup(group, map);
    for (const group of exactlyOne) {
      this.#checkGroup(group, map);
      if (group.some((name) => hasValue(map, name)) || this.#isPartial(map)) continue;
      this.#report({
        code: 'one-of',
        message: `${capitalized(nounOf(field))} needs one of ${quotedList(group, 'and')}.`,
        range: placeOfLack(map, field, at),
        remedies: additions(map, field, group),
      });
    }
    this.#checkSize(map, field, at);
    if (field.facts.logic !== undefined) this.#checkLogic(map, field, placeOfLack(map, field, at));
  }

  /** Conditions that the schema states in its own words. */
  #checkLogic(node: YamlNode, field: SchemaField, at: Range): void {
    if (field.facts.logic === undefined || this.#isFragment) return;
    for (const part of partsOf(field.facts.logic)) {
      if (meets(node, field, part) !== false) continue;
      const names = anyOfFields(part);
      const message =
        names === undefined
          ? filledIn(
              field.ruleMessage(JSON.stringify(part)) ?? `The value of "{field}" has none of the forms that it may have.`,
              node,
              field,
            )
          : `${capitalized(nounOf(field))} needs one or more of ${quotedList(names)}.`;
      this.#report({ code: names === undefined ? 'condition' : 'one-of', message, range: at });
    }
  }

  /** Tells of what the release in use does not have yet. */
  #checkAge(code: SchemaCode, since: string | undefined, what: string, range: Range): void {
    if (since === undefined || this.#target === undefined || !isNewer(since, this.#target)) return;
    this.#report({ code, message: `${what} came with release ${since}; these manifests are for ${this.#target}.`, range });
  }

  #checkFreeMap(level: Level, at: Holder): void {
    const { map, field } = level;
    const item = field.item!;
    for (const entry of map.entries) {
      if (!entry.keyOpaque && !this.#isDirective(entry, level)) this.#check(entry.value, item, entry, level);
    }
    if (!field.isPlain) this.#checkSize(map, field, at);
  }

  #checkSize(map: YamlMap, { name, facts: { minProperties, maxProperties } }: SchemaField, at: Holder): void {
    if (minProperties === undefined && maxProperties === undefined) return;
    const size = map.entries.filter((entry) => !isNull(entry.value)).length; // a null counts as absent
    if (minProperties !== undefined && size < minProperties && !this.#isPartial(map)) {
      this.#report({
        code: 'out-of-range',
        message: `"${name}" needs at least ${counted(minProperties, 'entry', 'entries')}.`,
        range: placeOf(at),
      });
    }
    if (maxProperties !== undefined && size > maxProperties) {
      this.#report({
        code: 'out-of-range',
        message: `"${name}" takes at most ${counted(maxProperties, 'entry', 'entries')}; this has ${size}.`,
        range: placeOf(at),
      });
    }
  }

  #checkList(list: YamlList, field: SchemaField, at: Holder, level: Level): void {
    for (const item of list.items) this.#check(item, field.item!, item, level);
    if (field.isPlain) return;
    const { minItems, maxItems, unique, uniqueItems } = field.facts;
    const count = list.items.length;
    if (minItems !== undefined && count < minItems && !list.partial && !this.#isFragment) {
      this.#report({
        code: 'out-of-range',
        message: `"${field.name}" needs at least ${counted(minItems, 'item', 'items')}.`,
        range: placeOf(at),
      });
    }
    if (maxItems !== undefined && count > maxItems) {
      this.#report({
        code: 'out-of-range',
        message: `"${field.name}" takes at most ${counted(maxItems, 'item', 'items')}; this has ${count}.`,
        range: list.items[maxItems]!,
      });
    }
    if (unique === 'set' || uniqueItems === true) this.#checkRepeats(list, field, []);
    else if (unique !== undefined) this.#checkRepeats(list, field, unique);
  }

  /** Items that are equal, or equal in some keys. */
  #checkRepeats(list: YamlList, field: SchemaField, keys: readonly string[]): void {
    if (list.items.length < 2) return;
    const seen = new Map<string, YamlNode>();
    for (const item of list.items) {
      const identity = identityOf(item, field.item!, keys);
      if (identity === undefined) continue;
      const before = seen.get(identity.text);
      if (before === undefined) {
        seen.set(identity.text, item);
        continue;
      }
      const words = identity.words();
      const what = keys.length === 0 ? words : `an item with ${words}`;
      this.#report({
        code: 'duplicate-item',
        message: `"${field.name}" already has ${what}.`,
        range: keys.map((key) => item.get(key)).find((node) => node !== undefined) ?? item,
        related: [
          { at: keys.map((key) => before.get(key)).find((node) => node !== undefined) ?? before, message: 'the first one is here' },
        ],
      });
    }
  }

  #checkGroup(group: readonly string[], map: YamlMap): void {
    const set: YamlEntry[] = [];
    for (const name of group) {
      const entry = map.entry(name);
      if (entry && !isNull(entry.value)) set.push(entry);
    }
    const [first, second] = set;
    if (first === undefined || second === undefined) return;
    // As they stand in the document: the first is evidence, the second is marked.
    const [earlier, later] = first.keyRange.start < second.keyRange.start ? [first, second] : [second, first];
    this.#report({
      code: 'one-of',
      message: `Set only one of ${quotedList(group)}; this has ${quotedList(set.map((entry) => entry.key))}.`,
      range: later.keyRange,
      related: [{ at: earlier.keyRange, message: `"${earlier.key}" is set here` }],
      remedies: [later, earlier].map((entry) => ({ do: 'remove', key: entry.key, at: entry.keyRange })),
    });
  }

  #checkScalar(node: YamlScalar, field: SchemaField): void {
    const { value } = node;
    const { facts } = field;
    if (facts.enum !== undefined && !facts.enum.includes(value as string | number | boolean) && !(this.#isBuiltIn && value === '')) {
      this.#report(this.#unknownValue(node, field, facts.enum.map(String)));
    }
    if (this.#target !== undefined && facts.enum !== undefined)
      this.#checkAge('unknown-value', field.enumSince[String(value)], `"${String(value)}"`, node);
    this.#checkLogic(node, field, node);
    if (typeof value === 'number') return this.#checkNumber(node, value, field);
    if (typeof value === 'string') this.#checkText(node, value, field);
  }

  #checkNumber(node: YamlScalar, value: number, field: SchemaField): void {
    const { facts, name } = field;
    const natural = field.type === 'integer' ? integerRange(facts.format) : undefined;
    const minimum = facts.minimum ?? natural?.minimum;
    const maximum = facts.maximum ?? natural?.maximum;
    const isLow = minimum !== undefined && (facts.exclusiveMinimum === true ? value <= minimum : value < minimum);
    const isHigh = maximum !== undefined && (facts.exclusiveMaximum === true ? value >= maximum : value > maximum);
    if (isLow || isHigh) {
      const range =
        facts.minimum !== undefined && facts.maximum !== undefined
          ? `a number from ${minimum} to ${maximum}`
          : isLow
            ? `${facts.exclusiveMinimum === true ? 'a number above' : 'at least'} ${minimum}`
            : `${facts.exclusiveMaximum === true ? 'a number below' : 'at most'} ${maximum}`;
      this.#report({ code: 'out-of-range', message: `"${labelOf(field, name)}" takes ${range}; this is ${value}.`, range: node });
    } else if (facts.multipleOf !== undefined && value % facts.multipleOf !== 0) {
      this.#report({
        code: 'out-of-range',
        message: `"${labelOf(field, name)}" takes multiples of ${facts.multipleOf}; this is ${value}.`,
        range: node,
      });
    }
  }

  #checkText(node: YamlScalar, value: string, field: SchemaField): void {
    const { facts } = field;
    if (facts.minLength !== undefined || facts.maxLength !== undefined) this.#checkLength(node, value, field);
    if (facts.pattern !== undefined && searchPattern(facts.pattern, value) === false) {
      const message = field.ruleMessage(facts.pattern) ?? `"{value}" does not have the form of "{field}": ${facts.pattern}`;
      this.#report({ code: 'pattern', message: filledIn(message, node, field), range: node });
    }
    if (facts.format !== undefined && !hasFormat(facts.format, value) && !(this.#isBuiltIn && value === '')) {
      const what = this.#isSecret ? 'This' : `"${shown(value)}"`;
      this.#report({ code: 'format', message: `${what} is not ${formatName(facts.format)}.`, range: node });
    }
  }

  #checkLength(node: YamlScalar, value: string, field: SchemaField): void {
    const { facts } = field;
    const label = labelOf(field, field.name);
    const length = SURROGATE.test(value) ? [...value].length : value.length;
    if (facts.minLength !== undefined && length < facts.minLength) {
      const message =
        length === 0 ? `"${label}" cannot be empty.` : `"${label}" needs at least ${facts.minLength} characters; this has ${length}.`;
      this.#report({ code: 'out-of-range', message, range: node });
    }
    if (facts.maxLength !== undefined && length > facts.maxLength) {
      this.#report({
        code: 'out-of-range',
        message: `"${label}" takes at most ${facts.maxLength} characters; this has ${length}.`,
        range: node,
      });
    }
  }

  #checkRules(node: YamlNode, field: SchemaField, at: Holder): void {
    const { rules } = field.facts;
    if (rules === undefined || isNull(node) || this.#isFragment || (node.type === 'scalar' && isUnknown(node))) return;
    const range = node.type === 'scalar' ? node : placeOf(at);
    let self: CelValue | undefined;
    for (const rule of rules) {
      const bound = durationBound(rule);
      if (bound !== undefined) {
        const text = node.text();
        if (text === undefined) continue;
        const length = parseDuration(text);
        if (length === undefined) this.#report({ code: 'format', message: `"${shown(text)}" is not ${formatName('duration')}.`, range });
        else if (!bound.holds(length)) {
          this.#report({
            code: 'out-of-range',
            message: `"${labelOf(field, field.name)}" takes ${bound.words}; this is ${shown(text)}.`,
            range,
          });
        }
        continue;
      }
      if (!concerns(rule, node, field)) continue;
      self ??= celValue(node, field);
      if (self === undefined || holds(rule, { self }) !== false) continue;
      const expression = field.facts.messageExpressions?.[rule];
      const message =
        (expression === undefined ? undefined : messageBy(expression, { self })) ??
        filledIn(field.ruleMessage(rule) ?? `This does not meet a condition of "{field}": ${inOneLine(rule)}`, node, field);
      this.#report({ code: 'condition', message, range: this.#culprit(rule, node, field) ?? range });
    }
  }

  /** Of a condition on all items or keys, the last that does not meet it. */
  #culprit(rule: string, node: YamlNode, field: SchemaField): Range | undefined {
    const parts = conditionOnAll(rule);
    const self = parts && celValue(node, field);
    if (!parts || self === undefined) return undefined;
    const fails = (value: string | Exclude<typeof self, undefined>): boolean =>
      holds(parts.condition, { self, [parts.name]: value }) === false;
    if (node.type === 'map') return node.entries.filter((entry) => fails(entry.key)).at(-1)?.keyRange;
    if (node.type !== 'list') return undefined;
    const item = node.items.filter((it) => fails(celValue(it, field.item!)!)).at(-1);
    return item?.type === 'map' ? (item.entries[0]?.keyRange ?? item) : item;
  }

  #unknownValue(node: YamlScalar, field: SchemaField, values: readonly string[]): SchemaFinding {
    const written = String(node.value);
    const close = values.find((value) => sameWord(value, written)) ?? nearest(written, values);
    const noun = VALUE_NOUNS.has(field.name) ? `no ${field.name}` : `no value of "${labelOf(field, field.name)}"`;
    const allowed = close === undefined ? values : [close, ...values.filter((value) => value !== close)];
    const others = allowed.filter((value) => value !== '' && !UNSET.test(value));
    return {
      code: 'unknown-value',
      message: `"${shown(written)}" is ${noun}; use ${choices(values.length > 5 ? others : values)}.`,
      range: node,
      remedies: (close === undefined ? others.slice(0, 3) : [close]).map((text) => ({ do: 'replace', text, certain: close !== undefined })),
    };
  }

  #wrongType(node: YamlNode, field: SchemaField, at: Range): SchemaFinding {
    const label = field.parent?.type === 'map' ? keyOf(pathAt(this.#root, at)) : labelOf(field, field.name);
    const wanted = WANTED[field.type]!;
    const range = node.type === 'scalar' && node.style !== 'empty' ? node : at;
    if (node.type !== 'scalar')
      return { code: 'wrong-type', message: `"${label}" takes ${wanted}, not ${node.type === 'map' ? 'a map' : 'a list'}.`, range };
    if (node.value === null) return { code: 'wrong-type', message: `An item of "${label}" is empty; it takes ${wanted}.`, range };
    if (field.typeName === 'duration' && typeof node.value === 'number') {
      return {
        code: 'wrong-type',
        message: `"${label}" takes a duration with its unit, such as ${node.value}s.`,
        range,
        remedies: [{ do: 'replace', text: `${node.value}s`, certain: false }],
      };
    }
    if (field.type === 'string') {
      const read = typeof node.value === 'boolean' ? `${node.value}, a truth value` : 'a number';
      return {
        code: 'wrong-type',
        message: `"${label}" takes text, and YAML reads this as ${read}.`,
        range,
        remedies: field.enum === undefined ? [{ do: 'quote' }] : [],
      };
    }
    if (field.type === 'list') {
      const canWrap = node.style !== 'block' && field.item?.type !== 'list' && hasType(node, field.item!);
      return {
        code: 'wrong-type',
        message: `"${label}" takes a list, not a single value.`,
        range,
        remedies: canWrap ? [{ do: 'wrap' }] : [],
      };
    }
    const text = typeof node.value === 'string' ? node.value : undefined;
    const unquoted = text !== undefined && node.style !== 'plain' && node.style !== 'block' && readsAs(text, field) ? text : undefined;
    const found =
      text === undefined
        ? typeof node.value === 'boolean'
          ? 'a truth value'
          : `a ${Number.isInteger(node.value) ? '' : 'fractional '}number`
        : 'text';
    return {
      code: 'wrong-type',
      message: `"${label}" takes ${wanted}, not ${found}${unquoted === undefined ? '' : ' in quotes'}.`,
      range,
      ...(unquoted !== undefined && { remedies: [{ do: 'unquote', text: unquoted }] }),
    };
  }

  /** Adds the name that was meant to `misspelled`: it is not missing besides. */
  #checkUnknown(entry: YamlEntry, level: Level, misspelled: Set<string>): void {
    const elsewhere = this.#channelWith(entry, level);
    if (elsewhere !== undefined)
      return this.#report({
        code: 'unknown-field',
        message: `"${entry.key}" is in the ${elsewhere.channel} channel only (${this.#kind.system}.channel).`,
        range: entry.keyRange,
        isGuess: !elsewhere.isChosen,
        remedies: [channelOf(elsewhere)],
      });
    const explained = explainedField(entry, level);
    // Pods gain fields with each release of Kubernetes: there, only what has an explanation is reported.
    if (explained === undefined && this.#isBuiltIn && isInPod(level.field)) return;
    for (const remedy of explained?.remedies ?? []) if (remedy.do === 'replace') misspelled.add(remedy.text);
    // The cluster may have another release of a CRD than the workspace; a slip of the pen is one in either.
    const isSure = explained !== undefined || this.#kind.system !== 'workspace';
    this.#report(isSure ? (explained ?? unknownField(entry, level)) : { ...unknownField(entry, level), severity: 'warning' });
  }

  /** The channel in which a field exists that the one in use lacks. */
  #channelWith({ key }: YamlEntry, { field }: Level): Elsewhere | undefined {
    const elsewhere = this.#schemas.elsewhere(this.#resource.apiVersion, this.#resource.kind);
    let there: SchemaField | undefined = elsewhere?.root;
    for (const step of field.path === '' ? [] : field.path.split('.')) there = step === '*' ? there?.item : there?.child(step);
    return there?.child(key) === undefined ? undefined : elsewhere;
  }

  #isPartial(map: YamlMap): boolean {
    return this.#isFragment || map.partial || map.entries.some((entry) => entry.keyOpaque);
  }

  /** Keys that never reach the API server: directives of patches, and what SOPS adds. */
  #isDirective({ key, value }: YamlEntry, { parent }: Level): boolean {
    return key.startsWith('$') || (parent === undefined && (key === 'sops' || (this.#isFragment && isNull(value))));
  }
}

const NONE: readonly never[] = [];

const SURROGATE = /[\ud800-\udfff]/;

const WANTED: Readonly<Record<SchemaField['type'], string>> = {
  object: 'a map',
  map: 'a map',
  list: 'a list',
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  'int-or-string': 'a number or text',
  any: 'anything',
};

const BLOCKING: ReadonlySet<SchemaCode> = new Set<SchemaCode>(['required-field', 'wrong-type', 'unknown-value', 'out-of-range']);

const LEVELS = ['', 'one level', 'two levels', 'three levels', 'four levels'];

/** Fields whose name says what a value of theirs is: "no mode", "no protocol". */
const VALUE_NOUNS = new Set([
  'mode',
  'protocol',
  'action',
  'operation',
  'type',
  'location',
  'phase',
  'resolution',
  'kind',
  'operator',
  'effect',
  'context',
]);
/** Values that stand for "not set": nobody means to write them. */
const UNSET = /^(UNSET|INVALID|UNDEFINED|UNSPECIFIED.*)$/;

/** A field that is written in another way, or belongs to another level; undefined where nothing like it is known. */
function explainedField(entry: YamlEntry, level: Level): SchemaFinding | undefined {
  const { map, field } = level;
  const names = field.fields.map((it) => it.name);
  const start = startOfUnknown(entry, field);
  const finding = (message: string, remedies: readonly Remedy[] = []): SchemaFinding => ({
    code: 'unknown-field',
    message,
    range: entry.keyRange,
    remedies,
  });
  const rename = (name: string): SchemaFinding =>
    finding(`${start} ("${name}" is).`, map.entry(name) === undefined ? [{ do: 'replace', text: name, certain: true }] : []);

  const sameSpelling = names.find((name) => sameWord(name, entry.key));
  if (sameSpelling !== undefined) return rename(sameSpelling);

  let steps = 1;
  for (let above = level.parent; above !== undefined; above = above.parent, steps++) {
    if (above.field.type !== 'object' || above.field.child(entry.key) === undefined) continue;
    const place = above.parent === undefined ? 'at the root' : `in "${placeOfLevel(above)}"`;
    const canMove = above.map.entry(entry.key) === undefined && above.map.entries[0] !== undefined;
    return finding(
      `${start}; it belongs ${LEVELS[steps] ?? `${steps} levels`} up, ${place}.`,
      canMove ? [{ do: 'move-up', key: entry.key, into: plainRange(above.map.entries[0]!.keyRange) }] : [],
    );
  }
  const near = nearest(entry.key, names);
  const deeper = writtenPlaceOf(entry, map, field);
  if (deeper !== undefined && (deeper.steps === 1 || near === undefined))
    return finding(`${start}; it belongs ${LEVELS[deeper.steps]} down, in "${deeper.place}".`);
  const below = field.fields.filter(
    (it) => (it.type === 'list' ? it.item : it)?.type === 'object' && (it.item ?? it).fields.some((inner) => inner.name === entry.key),
  );
  if (below.length === 1) return finding(`${start}; it belongs one level down, in "${below[0]!.name}".`);

  return near === undefined ? undefined : rename(near);
}

/** A map below that is written already and could have the field: the nearest of them, if there is one alone at its level. */
function writtenPlaceOf(
  { key }: YamlEntry,
  map: YamlMap,
  field: SchemaField,
): { readonly place: string; readonly steps: number } | undefined {
  let level = [{ map, field, place: '' }];
  for (let steps = 1; steps <= 3; steps++) {
    level = level.flatMap((it) =>
      it.map.entries.flatMap((entry) => {
        const child = it.field.type === 'object' ? it.field.child(entry.key) : undefined;
        const place = it.place === '' ? entry.key : `${it.place}.${entry.key}`;
        if (child?.type === 'object' && entry.value.type === 'map') return [{ map: entry.value, field: child, place }];
        const { item } = child ?? {};
        if (item?.type !== 'object' || entry.value.type !== 'list') return [];
        return entry.value.items.flatMap((value, i) =>
          value.type === 'map' ? [{ map: value, field: item, place: `${place}[${i}]` }] : [],
        );
      }),
    );
    const found = level.filter((it) => it.field.fields.some((inner) => inner.name === key) && it.map.entry(key) === undefined);
    if (found.length > 1) return undefined;
    if (found[0] !== undefined) return { place: found[0].place, steps };
  }
  return undefined;
}

function unknownField(entry: YamlEntry, { field }: Level): SchemaFinding {
  const names = field.fields.map((it) => it.name);
  const start = startOfUnknown(entry, field);
  const message = names.length > 0 && names.length <= 4 ? `${start}; it has ${quotedList(names)}.` : `${start}.`;
  return { code: 'unknown-field', message, range: entry.keyRange };
}

function startOfUnknown({ key }: YamlEntry, field: SchemaField): string {
  return `"${shown(key)}" is no field of ${nounOf(field)}`;
}

function isInPod(field: SchemaField): boolean {
  for (let it: SchemaField | undefined = field; it !== undefined; it = it.parent) if (it.shape === 'PodSpec') return true;
  return false;
}

/** Equal but for case, `_` and `-`. */
function sameWord(a: string, b: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replaceAll(/[_-]/g, '');
  return a !== b && plain(a) === plain(b);
}

/** `http[0]`: how the map around it leads to a level. */
function placeOfLevel({ map, parent }: Level): string {
  for (const { key, value } of parent?.map.entries ?? []) {
    if (value === map) return key;
    const index = value.type === 'list' ? value.items.indexOf(map) : -1;
    if (index >= 0) return `${key}[${index}]`;
  }
  return '';
}

/** Where to mark what a map lacks: its key, or for an item of a list its own first key. */
function placeOfLack(map: YamlMap, field: SchemaField, at: Holder): Range {
  return field.name === '*' && field.parent?.type === 'list' ? (map.entries[0]?.keyRange ?? map) : placeOf(at);
}

/** Ways to give a map one of these fields. */
function additions(map: YamlMap, field: SchemaField, names: readonly string[]): readonly Remedy[] {
  return names.slice(0, 3).flatMap((key): readonly Remedy[] => {
    const child = field.child(key);
    if (child === undefined) return [];
    // Many types are named like the field that they come with: RequestRedirect, requestRedirect.
    const implied = child.enum?.find((it) => map.has(it.charAt(0).toLowerCase() + it.slice(1)));
    const value = field.parent === undefined && key === 'metadata' ? 'name: <name>' : (implied ?? skeletonOf(child));
    return [{ do: 'insert', key, value, into: plainRange(map) }];
  });
}

/** Items and values of free maps are called by the name of what holds them. */
function labelOf(field: SchemaField, name: string): string {
  let it: SchemaField | undefined = field;
  while (it !== undefined && it.name === '*') it = it.parent;
  return it?.name ?? name;
}

/** A message with the names it leaves open. */
function filledIn(message: string, node: YamlNode, field: SchemaField): string {
  return message.replaceAll('{field}', labelOf(field, field.name)).replaceAll('{value}', shown(node.text() ?? ''));
}

/** The last key of a path. */
function keyOf(path: string): string {
  const quoted = /\[("(?:[^"\\]|\\.)*")\]$/.exec(path);
  return quoted ? (JSON.parse(quoted[1]!) as string) : path.slice(path.lastIndexOf('.') + 1);
}

/** A rule for people to read: its comments are for those who maintain it. */
function inOneLine(rule: string): string {
  return rule
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('//'))
    .join(' ');
}

function hasType({ value }: YamlScalar, field: SchemaField): boolean {
  switch (field.type) {
    case 'string':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'int-or-string':
      return typeof value === 'string' || Number.isInteger(value) || (field.facts.format === 'quantity' && typeof value === 'number');
    default:
      return false;
  }
}

/** Whether text without its quotes would be a value of the field. */
function readsAs(text: string, field: SchemaField): boolean {
  if (field.type === 'boolean') return text === 'true' || text === 'false';
  return /^-?\d+(\.\d+)?$/.test(text) && (field.type === 'number' || (field.type === 'integer' && Number.isInteger(Number(text))));
}

function identityOf(
  item: YamlNode,
  field: SchemaField,
  keys: readonly string[],
): { readonly text: string; readonly words: () => string } | undefined {
  if (hasOpaque(item, keys)) return undefined;
  if (keys.length === 0) {
    return {
      text: JSON.stringify(toJson(item)),
      words: () => (item.type === 'scalar' ? `"${shown(String(item.value))}"` : 'an equal item'),
    };
  }
  if (item.type !== 'map') return undefined;
  const values = keys.map((key): Json | undefined => {
    const node = item.get(key);
    return node === undefined || isNull(node) ? field.child(key)?.facts.default : toJson(node);
  });
  if (values.every((it) => it === undefined)) return undefined;
  const words = (): string =>
    keys.flatMap((key, i) => (values[i] === undefined ? [] : [`${key} "${shown(String(values[i]))}"`])).join(' and ');
  return { text: JSON.stringify(values), words };
}

function hasOpaque(node: YamlNode, keys: readonly string[]): boolean {
  switch (node.type) {
    case 'scalar':
      return node.opaque;
    case 'list':
      return node.partial || node.items.some((item) => hasOpaque(item, []));
    case 'map': {
      if (node.partial) return true;
      const entries = keys.length === 0 ? node.entries : node.entries.filter((entry) => entry.keyOpaque || keys.includes(entry.key));
      return entries.some((entry) => entry.keyOpaque || hasOpaque(entry.value, []));
    }
  }
}

function isNull(node: YamlNode): boolean {
  return node.type === 'scalar' && node.value === null && !node.opaque;
}

function hasValue(map: YamlMap, name: string): boolean {
  const entry = map.entry(name);
  return entry !== undefined && !isNull(entry.value);
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

function plainRange({ start, end }: Range): Range {
  return { start, end };
}
