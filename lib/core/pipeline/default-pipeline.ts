import { checkPipeline } from './check-pipeline.ts';
import type { Pipeline } from './pipeline.ts';

/** What a batch that no pipeline matches goes through. A pipeline file with the name `default` replaces it. */
export const DEFAULT_PIPELINE: Pipeline = checkPipeline('the built-in default', {
  name: 'default',
  steps: ['detect', 'date', 'level', 'geoip', 'user_agent', 'scrub'],
});
