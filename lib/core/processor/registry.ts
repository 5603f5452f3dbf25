import { geoip } from '../enrich/geoip.ts';
import { userAgent } from '../enrich/user-agent.ts';
import { combinedAccess } from '../parse/combined-access.ts';
import { date } from '../parse/date.ts';
import { detect } from '../parse/detect.ts';
import { dissect } from '../parse/dissect.ts';
import { json } from '../parse/json.ts';
import { level } from '../parse/level.ts';
import { scrub } from '../scrub/scrub.ts';
import { rename } from './rename.ts';
import { set } from './set.ts';
import type { ProcessorSpec } from './spec.ts';

/** Every processor that a pipeline can name, in the order in which pipelines use them. */
const SPECS: readonly ProcessorSpec[] = [
  detect,
  json,
  dissect,
  combinedAccess,
  date,
  level,
  geoip,
  userAgent,
  scrub,
  rename,
  set,
];

/** Every processor by its name. */
export const PROCESSORS: ReadonlyMap<string, ProcessorSpec> = new Map(SPECS.map((spec) => [spec.name, spec]));
