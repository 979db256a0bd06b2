import type { Field } from '../schema/field.js';

/** Hover and completion text of a field, Markdown. Undefined where there is nothing to say but its name. */
export function fieldMarkdown(field: Field): string {
  const head = [`**${field.name === '*' ? field.typeName : field.name}**`, ...(field.name === '*' ? [] : [field.typeName])];
  if (field.required) head.push('required');
  else if (field.default !== undefined) head.push(`default \`${String(field.default)}\``);
  if (field.since !== undefined) head.push(`since ${field.since}`);
  if (field.deprecated) head.push('deprecated');
  const lines = [head.join(' · ')];
  if (field.docs !== undefined) lines.push(field.docs.trim().replace(/\n+/g, ' '));
  if (field.enum !== undefined && field.enum.length <= 8) lines.push(`One of ${field.enum.map((it) => `\`${it}\``).join(', ')}`);
  if (field.oneOf.length > 1) {
    const others = field.oneOf.filter((it) => it !== field.name).map((it) => `\`${it}\``);
    lines.push(`Not together with ${others.join(', ')}`);
  }
  const last = [
    field.example === undefined ? undefined : exampleText(field),
    field.link === undefined ? undefined : `[Reference](${field.link})`,
  ];
  const tail = last.filter((it) => it !== undefined).join(' · ');
  if (tail !== '') lines.push(tail);
  return lines.join('\\\n');
}

/** What one value of a field means; undefined where nobody has written it yet. */
export function enumMarkdown(field: Field, value: string): string | undefined {
  const meaning = field.enumDocs[value];
  return meaning === undefined ? undefined : `**${value}** · ${meaning.trim()}`;
}

/** An example of one line stands in the text; a longer one would need a block, and the page has it. */
function exampleText(field: Field): string | undefined {
  const example = field.example!.trim();
  if (example.includes('\n')) return undefined;
  return `Example: \`${example.startsWith(`${field.name}:`) ? example : `${field.name}: ${example}`}\``;
}
