/** Where the log lines go; undefined where the application only writes to standard output. */
export interface IntakeTarget {
  readonly url: string;
  readonly ingestKey: string;
}

export interface Settings {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly chaosSeed: number;
  readonly intake: IntakeTarget | undefined;
}

/** A setting is missing or wrong. Names the variable and what it allows, never the value of a secret. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads HOST, PORT, CHAOS_SEED, WEIR_INTAKE_URL and WEIR_INGEST_KEY. Throws SettingsError. */
export function readSettings(environment: Environment): Settings {
  return {
    host: environment['HOST'] ?? '127.0.0.1',
    port: wholeNumber(environment, 'PORT', 8080, 65_535),
    chaosSeed: wholeNumber(environment, 'CHAOS_SEED', 1, 2 ** 32 - 1),
    intake: readIntake(environment),
  };
}

function wholeNumber(environment: Environment, name: string, fallback: number, largest: number): number {
  const text = environment[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= largest) return value;
  throw new SettingsError(`${name} is '${text}': give a whole number from 0 to ${largest}.`);
}

function readIntake(environment: Environment): IntakeTarget | undefined {
  const url = environment['WEIR_INTAKE_URL'];
  const ingestKey = environment['WEIR_INGEST_KEY'];
  if (!url && !ingestKey) return undefined;
  if (!url)
    throw new SettingsError('WEIR_INGEST_KEY is set but WEIR_INTAKE_URL is not: set both or neither.');
  if (!ingestKey) {
    throw new SettingsError('WEIR_INTAKE_URL is set but WEIR_INGEST_KEY is not: set both or neither.');
  }
  const parsed = URL.parse(url);
  const isPrivate = parsed?.protocol === 'https:' || isLoopback(parsed);
  if (!isPrivate) {
    throw new SettingsError(
      'WEIR_INTAKE_URL must be an https:// address (http:// only on this machine): the ingest key travels in a header.',
    );
  }
  return { url: url.replace(/\/+$/, ''), ingestKey };
}

function isLoopback(url: URL | null): boolean {
  return url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
}
