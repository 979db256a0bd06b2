/** Whether labels meet a selector as kubectl writes it: `app=web,tier!=db,env in (dev, prod),!old`. */
export function matchesSelector(selector: string | undefined, labels: ReadonlyMap<string, string> | undefined): boolean {
  if (selector === undefined) return true;
  return requirements(selector).every((it) => meets(it, labels ?? NONE));
}

const NONE: ReadonlyMap<string, string> = new Map();

/** Parts between commas, those in parentheses aside. */
function requirements(selector: string): readonly string[] {
  return selector
    .split(/,(?![^(]*\))/)
    .map((it) => it.trim())
    .filter((it) => it !== '');
}

function meets(requirement: string, labels: ReadonlyMap<string, string>): boolean {
  const set = /^(\S+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(requirement);
  if (set) {
    const values = set[3]!.split(',').map((it) => it.trim());
    const value = labels.get(set[1]!);
    return set[2] === 'in' ? value !== undefined && values.includes(value) : value === undefined || !values.includes(value);
  }
  const equality = /^([^!=\s]+)\s*(==|=|!=)\s*(.*)$/.exec(requirement);
  if (equality) return (labels.get(equality[1]!) === equality[3]!) === (equality[2] !== '!=');
  return requirement.startsWith('!') ? !labels.has(requirement.slice(1).trim()) : labels.has(requirement);
}
