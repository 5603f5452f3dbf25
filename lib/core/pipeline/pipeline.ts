import * as z from 'zod';
import { DialectName } from '../batch/envelope.ts';
import { FieldName } from '../processor/field-name.ts';
import { routeProblem } from '../route/route-template.ts';

const SourceGlob = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[^\s]+$/, 'must be a source name, in which * stands for any characters');

const Target = z.string().check((context) => {
  const problem = routeProblem(context.value);
  if (problem !== undefined) context.issues.push({ code: 'custom', message: problem, input: context.value });
});

/** One step as it is written: a processor's name alone, or a single key with its options. */
const WrittenStep = z.union([z.string(), z.record(z.string(), z.unknown())]);

/** A pipeline file as it is written. What the options of a step may be is up to its processor. */
export const WrittenPipeline = z.strictObject({
  name: z
    .string()
    .max(64)
    .regex(/^[a-z0-9][a-z0-9_-]*$/, 'must be lower-case letters, digits, "-" and "_"')
    .meta({ description: 'Unique name; `default` replaces the built-in default pipeline.' }),
  match: z
    .strictObject({
      source: z
        .union([SourceGlob, z.array(SourceGlob).min(1)])
        .optional()
        .meta({
          description: 'Sources of batches; `*` stands for any characters. The most specific pipeline wins.',
        }),
      dialect: DialectName.optional().meta({ description: 'Only batches of this dialect.' }),
    })
    .optional()
    .meta({ description: 'What batches the pipeline is for. Every pipeline but `default` needs it.' }),
  steps: z.array(WrittenStep).min(1).meta({ description: 'Processors, in order.' }),
  route: z
    .array(
      z.strictObject({
        to: Target.meta({ description: 'Data stream or index, with `{field}` and `{date}`.' }),
      }),
    )
    .length(1)
    .default([{ to: 'logs-{service.name}-default' }])
    .meta({ description: 'Where the events go.' }),
  emit: z
    .record(FieldName, FieldName)
    .default({})
    .meta({ description: 'Fields to rename at the very end, behind scrubbing and routing.' }),
});
export type WrittenPipeline = z.infer<typeof WrittenPipeline>;

/** One step of a checked pipeline: a processor and its options, as its schema reads them. */
export interface PipelineStep {
  readonly processor: string;
  readonly options: unknown;
}

/** A checked pipeline, ready to be compiled. */
export interface Pipeline {
  readonly name: string;
  /** Empty where any source matches. */
  readonly sources: readonly string[];
  readonly dialect: DialectName | undefined;
  readonly steps: readonly PipelineStep[];
  readonly to: string;
  /** Old field name to new. */
  readonly emit: Readonly<Record<string, string>>;
}
