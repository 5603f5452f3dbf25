import { describe, expect, test } from 'vitest';
import { readSettings, SettingsError } from './read-settings.ts';

describe('readSettings', () => {
  test('binds loopback and ships nowhere when nothing is set', () => {
    expect(readSettings({})).toEqual({ host: '127.0.0.1', port: 8080, chaosSeed: 1, intake: undefined });
  });

  test('takes an https intake and drops the slash at its end', () => {
    expect(readSettings({ WEIR_INTAKE_URL: 'https://logs.example/', WEIR_INGEST_KEY: 'k' }).intake).toEqual({
      url: 'https://logs.example',
      ingestKey: 'k',
    });
  });

  test('takes plain http on this machine only', () => {
    const withUrl = (url: string) => () => readSettings({ WEIR_INTAKE_URL: url, WEIR_INGEST_KEY: 'k' });
    expect(withUrl('http://127.0.0.1:8080')).not.toThrow();
    expect(withUrl('http://logs.example')).toThrow(SettingsError);
    expect(withUrl('logs.example')).toThrow(/https/);
  });

  test.each([
    [{ PORT: '80a' }, 'PORT'],
    [{ PORT: '70000' }, 'PORT'],
    [{ WEIR_INTAKE_URL: 'https://logs.example' }, 'WEIR_INGEST_KEY'],
    [{ WEIR_INGEST_KEY: 'wk_secret' }, 'WEIR_INTAKE_URL'],
  ])('names the variable when %o is wrong', (environment, name) => {
    expect(() => readSettings(environment)).toThrow(name);
    expect(() => readSettings(environment)).not.toThrow('wk_secret');
  });
});
