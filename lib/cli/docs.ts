import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import * as z from 'zod';
import { PROCESSORS } from '../core/processor/registry.ts';
import type { Example, ProcessorSpec } from '../core/processor/spec.ts';
import { outputFormat, outputOption, print } from './output.ts';
import { EXIT, type Terminal } from './terminal.ts';

/** The reference page that is generated from the processors. */
export const PROCESSOR_REFERENCE = new URL('../../docs/reference/processors.md', import.meta.url);

/** Adds `weir docs`. */
export function registerDocs(program: Command, terminal: Terminal): void {
  program
    .command('docs')
    .description('Write docs/reference from the code; with --check, 1 where a page is stale')
    .option('--check', 'write nothing')
    .addOption(outputOption())
    .addHelpText('after', '\nExample:\n  $ weir docs --check')
    .action(({ check }: { readonly check?: boolean }, command: Command) => {
      const page = processorReference([...PROCESSORS.values()]);
      const isStale = !existsSync(PROCESSOR_REFERENCE) || readFileSync(PROCESSOR_REFERENCE, 'utf8') !== page;
      if (isStale && check !== true) writeFileSync(PROCESSOR_REFERENCE, page);
      const state = isStale ? (check === true ? 'stale' : 'written') : 'up to date';
      print(terminal, outputFormat(command), { page: 'docs/reference/processors.md', state }, (result) => [
        `${result.page}: ${result.state}`,
      ]);
      terminal.exit(state === 'stale' ? EXIT.findings : EXIT.ok);
    });
}

/** The reference page of processors, as Markdown. */
export function processorReference(specs: readonly ProcessorSpec[]): string {
  const contents = specs.map(({ name, summary }) => `- [\`${name}\`](#${name}): ${summary}`);
  const sections = specs.map(section);
  return `${[
    '# Processors',
    'Generated from `lib/core` by `npx weir docs`; every example is run as a test.',
    contents.join('\n'),
    ...sections,
  ].join('\n\n')}\n`;
}

function section(spec: ProcessorSpec): string {
  return [
    `## ${spec.name}`,
    spec.summary,
    optionTable(spec),
    `Guarantees:\n\n${list(spec.guarantees)}`,
    `Limits:\n\n${list(spec.limits)}`,
    ...spec.examples.map((example) => exampleText(spec.name, example)),
  ].join('\n\n');
}

function list(sentences: readonly string[]): string {
  return sentences.map((sentence) => `- ${sentence}`).join('\n');
}

function optionTable(spec: ProcessorSpec): string {
  const schema = z.toJSONSchema(spec.options, { io: 'input' });
  const options = Object.entries(schema.properties ?? {});
  if (options.length === 0) return 'It has no options.';
  const rows = options.map(([name, option]) => {
    const { description = '', default: value, ...type } = option as z.core.JSONSchema.BaseSchema;
    const isRequired = schema.required?.includes(name) === true;
    const standard = isRequired ? 'required' : `\`${JSON.stringify(value)}\``;
    return `| \`${name}\` | ${typeText(type)} | ${standard} | ${description} |`;
  });
  return ['| Option | Type | Default | |', '|---|---|---|---|', ...rows].join('\n');
}

function typeText(schema: z.core.JSONSchema.BaseSchema): string {
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeText).join(' or ');
  if (schema.type === 'array') return `list of ${typeText(schema.items as z.core.JSONSchema.BaseSchema)}`;
  if (schema.type === 'object') return 'map';
  return [schema.type ?? 'any'].flat().join(' or ');
}

function exampleText(name: string, { title, options, given, expect, fails }: Example<unknown>): string {
  const step = JSON.stringify({ [name]: options });
  const lines = [`step:   ${step}`, `before: ${JSON.stringify(given)}`, `after:  ${JSON.stringify(expect)}`];
  if (fails !== undefined) lines.push(`fails:  ${fails}`);
  return `Example: ${title}\n\n\`\`\`json5\n${lines.join('\n')}\n\`\`\``;
}
