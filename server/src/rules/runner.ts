import type { Facts } from '../index/store.js';
import type { Lookup, Lookups, Setting, Table } from '../index/tables.js';
import type { Definition } from '../model/facts.js';
import type { Resource } from '../model/resource.js';
import { intern } from '../text/intern.js';
import { pathAt } from '../yaml/path.js';
import type { CheckContext, Problem, Reads, ReadFunctions, Rule } from './rule.js';

/** A problem with the rule that found it. */
export interface Found {
  readonly rule: Rule;
  readonly problem: Problem;
  /** Where it is in the tree of its subject, as it was at hand; undefined: whoever asks has to look. */
  readonly path?: string;
}

/** Whether two findings are of one rule and one place. */
export function isSameFinding(a: Found, b: Found): boolean {
  return a.rule === b.rule && a.problem.at.start === b.problem.at.start && a.problem.at.end === b.problem.at.end;
}

export type ReportFailure = (rule: Rule, resource: Resource, error: unknown) => void;

/** What rules are run on: a resource, and the facts that were found in it. */
export interface Subject {
  readonly resource: Resource;
  readonly facts: Facts;
}

/** Runs rules on one resource. A rule that throws is reported and left out; the others run. */
export function runRules(rules: readonly Rule[], { resource, facts }: Subject, look: Lookups, onFailure: ReportFailure): readonly Found[] {
  const stated = statedIn(facts);
  const before = behindDoors;
  let found: Found[] | undefined;
  behindDoors = look;
  for (const rule of rules) {
    try {
      for (const problem of rule.check({ resource, read: doorOf(rule.reads), stated }))
        (found ??= []).push({ rule, problem: plain(problem), path: pathOf(problem, resource) });
    } catch (error) {
      onFailure(rule, resource, error);
    }
  }
  behindDoors = before;
  return found ?? NOTHING;
}

const NOTHING: readonly Found[] = [];

/** One door for each rule, not one for each scope as well: there may be hundreds of scopes, and a door has up to ten functions. */
const doors = new WeakMap<Reads, ReadFunctions<Reads>>();

/** Where those doors lead to: the lookups of the subject that is being checked. */
let behindDoors: Lookups | undefined;

const lookupsBehindDoors: Lookups = {
  get(source: Table<unknown> | Lookup<unknown> | Setting<unknown>, key?: string): never {
    if (behindDoors === undefined) throw new Error(`${source.name} is looked up after the check`);
    return behindDoors.get(source as Lookup<unknown>, key) as never;
  },
};

function doorOf(reads: Reads): ReadFunctions<Reads> {
  let door = doors.get(reads);
  if (door === undefined) doors.set(reads, (door = readFunctions(reads, lookupsBehindDoors)));
  return door;
}

/** The door of a check: exactly the lookups that its rule declares. */
function readFunctions<R extends Reads>(reads: R, look: Lookups): ReadFunctions<R> {
  const functions: Record<string, (key?: string) => unknown> = {};
  for (const [name, source] of Object.entries(reads)) functions[name] = reader(source, look);
  return functions as ReadFunctions<R>;
}

export function contextFor(rule: Rule, { resource, facts }: Subject, look: Lookups): CheckContext<Reads> {
  return { resource, read: readFunctions(rule.reads, look), stated: statedIn(facts) };
}

function statedIn({ definitions }: Facts): CheckContext<Reads>['stated'] {
  return <D>({ name }: Table<D>) => definitions.find((it): it is Definition<D> => it.table === name);
}

function reader(source: Table<unknown> | Lookup<unknown> | Setting<unknown>, look: Lookups): (key?: string) => unknown {
  if (source.type === 'setting') return () => look.get(source);
  if (source.type === 'table') return (key = '') => look.get(source, key);
  return (key = '') => look.get(source, key);
}

/** The same few paths come again and again. */
function pathOf({ at }: Problem, { root }: Resource): string {
  return intern(pathAt(root, at));
}

/** Nodes become ranges here, so that no tree is kept alive by a finding. */
function plain(problem: Problem): Problem {
  return {
    ...problem,
    at: { start: problem.at.start, end: problem.at.end },
    ...(problem.related && {
      related: problem.related.map(({ at, message }) => ({
        at:
          'resource' in at
            ? { resource: at.resource, range: { start: at.range.start, end: at.range.end } }
            : { start: at.start, end: at.end },
        message,
      })),
    }),
  };
}
