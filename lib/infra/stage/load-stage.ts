import { dev } from './dev.ts';
import { local } from './local.ts';
import { prod } from './prod.ts';
import { StageConfig, type StageInput } from './stage-config.ts';

/** The stage, or a setting of it, is wrong. The message says where it stands, what is wrong and what is allowed. */
export class StageError extends Error {
  override readonly name = 'StageError';
}

type Environment = Readonly<Record<string, string | undefined>>;

const STAGES: Readonly<Record<string, StageInput>> = { local, dev, prod };

/** Settings that the deploying environment may give, by their place in the stage. */
const VARIABLES: Readonly<Record<string, string>> = {
  'domain.endpoint': 'OPENSEARCH_URL',
  'alerts.windowMinutes': 'WINDOW_MINUTES',
  'alerts.threshold': 'ALERT_THRESHOLD',
  'alerts.webhook': 'ALERT_WEBHOOK',
  'subscribe.prefixes': 'SUBSCRIBE_PREFIXES',
  'notify.allowedPrivateCidrs': 'ALLOWED_PRIVATE_CIDRS',
};

/** Reads the stage of that name with what `environment` overrides. Throws StageError naming everything that is wrong. */
export function loadStage(name: string | undefined, environment: Environment): StageConfig {
  const defaults = STAGES[name ?? ''];
  if (defaults === undefined) {
    throw new StageError(
      `${name ? `There is no stage "${name}"` : 'No stage was named'}. ` +
        `Choose one of ${Object.keys(STAGES).join(', ')} with -c stage=NAME, for example: cdk deploy --all -c stage=dev`,
    );
  }
  return checkStage(override(defaults, environment));
}

/** Checks a stage's settings. Throws StageError naming everything that is wrong. */
export function checkStage(input: StageInput): StageConfig {
  const result = StageConfig.safeParse(input);
  if (result.success) return result.data;
  const wrong = result.error.issues.map(({ path, message }) => `  ${place(path)}: ${message}`);
  throw new StageError(
    `Wrong settings of stage "${input.name}" (lib/infra/stage/${input.name}.ts):\n${wrong.join('\n')}`,
  );
}

function place(path: readonly PropertyKey[]): string {
  const dotted = path.join('.');
  const variable = VARIABLES[dotted] ?? VARIABLES[path.slice(0, -1).join('.')];
  return variable === undefined ? dotted : `${dotted} (environment variable ${variable})`;
}

function override(defaults: StageInput, environment: Environment): StageInput {
  const { OPENSEARCH_URL, WINDOW_MINUTES, ALERT_THRESHOLD, ALERT_WEBHOOK } = environment;
  const { alerts, notify, subscribe } = defaults;
  return {
    ...defaults,
    domain: OPENSEARCH_URL ? { kind: 'existing', endpoint: OPENSEARCH_URL } : defaults.domain,
    alerts: {
      windowMinutes: WINDOW_MINUTES || alerts.windowMinutes,
      threshold: ALERT_THRESHOLD || alerts.threshold,
      webhook: ALERT_WEBHOOK ?? alerts.webhook,
    },
    subscribe: {
      ...subscribe,
      prefixes: splitList(environment['SUBSCRIBE_PREFIXES']) ?? subscribe.prefixes,
    },
    notify: {
      ...notify,
      allowedPrivateCidrs: privateCidrs(defaults, environment['ALLOWED_PRIVATE_CIDRS']),
    },
  };
}

function privateCidrs({ name, notify }: StageInput, list: string | undefined): string[] {
  const ranges = splitList(list);
  if (ranges === undefined) return notify.allowedPrivateCidrs;
  if (name === 'local') return ranges;
  throw new StageError(
    'ALLOWED_PRIVATE_CIDRS is for stage local only, so that no shell opens a deployed network by accident. ' +
      `Unset it, or write the ranges into notify.allowedPrivateCidrs of lib/infra/stage/${name}.ts.`,
  );
}

/** The items of a comma list; undefined where nothing is listed. */
function splitList(list: string | undefined): string[] | undefined {
  return list ? list.split(',').map((item) => item.trim()) : undefined;
}
