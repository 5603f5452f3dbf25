import type { RawRecord } from '../decode/raw-record.ts';
import { addFlag, addTag, type FieldValue, isObject, type LogEvent } from '../event/log-event.ts';
import { PROCESSORS } from '../processor/registry.ts';
import { rename } from '../processor/rename.ts';
import type { RecordContext, Resources, Step, StepFailure } from '../processor/spec.ts';
import { compileRoute } from '../route/route-template.ts';
import type { Chain } from './chain.ts';
import { fitEvent } from './fit-event.ts';
import type { Pipeline, PipelineStep } from './pipeline.ts';
import { compileStamp, sealExtra } from './stamp-event.ts';

/** Fields of text that is read, not compared: an index takes them at any length. */
const PROSE = ['message', 'event.original', 'error.message', 'error.stack_trace', 'weir.extra'];

interface NamedStep {
  readonly name: string;
  readonly step: Step;
}

/** Compiles a checked pipeline. A pipeline without a `scrub` step gets one with its defaults. */
export function compileChain(pipeline: Pipeline, resources: Resources): Chain {
  const { name } = pipeline;
  const steps = withScrub(pipeline.steps).map((step) => compileStep(step, resources));
  const stamp = compileStamp(name);
  const route = compileRoute(pipeline.to);
  const emit = rename.build({ fields: pipeline.emit }, resources);
  const prose = new Set(PROSE.map((field) => pipeline.emit[field] ?? field));
  return {
    name,
    run(record, context) {
      const event = openEvent(record);
      const known = record.timeMs === undefined ? context : { ...context, recordTimeMs: record.timeMs };
      for (const step of steps) runStep(step, event, known);
      const timeMs = stamp(event, known);
      const index = route(event, event['@timestamp'] as string);
      emit(event, known);
      sealExtra(event);
      fitEvent(event, record.text.length, prose);
      return { kind: 'event', event, index, timeMs };
    },
  };
}

function withScrub(steps: readonly PipelineStep[]): readonly PipelineStep[] {
  if (steps.some(({ processor }) => processor === 'scrub')) return steps;
  return [...steps, { processor: 'scrub', options: PROCESSORS.get('scrub')?.options.parse({}) }];
}

function compileStep({ processor, options }: PipelineStep, resources: Resources): NamedStep {
  const spec = PROCESSORS.get(processor);
  if (spec === undefined)
    throw new TypeError(`Pipelines must be checked before they are compiled: ${processor}`);
  return { name: processor, step: spec.build(options, resources) };
}

function openEvent(record: RawRecord): LogEvent {
  const event = record.fields === undefined ? {} : (copyValue(record.fields) as LogEvent);
  event['message'] = record.text;
  return event;
}

/** Records of one batch may share what their transport says of them. */
function copyValue(value: FieldValue): FieldValue {
  if (Array.isArray(value)) return value.map(copyValue);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, copyValue(inner)]));
}

function runStep({ name, step }: NamedStep, event: LogEvent, context: RecordContext): void {
  const failure = attempt(step, event, context);
  if (failure === undefined) return;
  addTag(event, failure.tag);
  addFlag(event, `failed:${name}`);
}

function attempt(step: Step, event: LogEvent, context: RecordContext): StepFailure | undefined {
  try {
    return step(event, context);
  } catch {
    // The per-record boundary: a fault in one step must cost neither this event nor the rest of its batch.
    return { kind: 'failed', tag: '_stepfailure', reason: 'the step has a fault' };
  }
}
