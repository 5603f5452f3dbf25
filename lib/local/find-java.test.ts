import { describe, expect, test } from 'vitest';
import { chooseJava, parseJavaSettings } from './find-java.ts';

const settings = (version: string) => `Property settings:
    java.home = /opt/jdk folder
    java.specification.version = ${version}
    java.version = ${version}
    java.version.date = 2025-04-15

openjdk version "${version}"`;

describe('parseJavaSettings', () => {
  test.each([
    ['25', 25],
    ['21.0.2', 21],
    ['17.0.15', 17],
    ['22-ea', 22],
    ['1.8.0_412', 8],
  ])('reads the major version of %s', (version, majorVersion) => {
    expect(parseJavaSettings(settings(version))).toEqual({ home: '/opt/jdk folder', majorVersion });
  });

  test('gives nothing when the program is not a Java', () => {
    expect(
      parseJavaSettings('The operation couldn’t be completed. Unable to locate a Java Runtime.'),
    ).toBeUndefined();
  });
});

describe('chooseJava', () => {
  const jdk = (majorVersion: number) => ({ home: `/jdk-${majorVersion}`, majorVersion });

  test('takes the first JDK from 21 on for OpenSearch 3.5, wherever it stands', () => {
    expect(chooseJava([jdk(17), jdk(21), jdk(25)])).toEqual({ jdk: jdk(21), openSearchVersion: '3.5.0.0' });
  });

  test('falls back to OpenSearch 2.19 when no JDK is newer than 20', () => {
    expect(chooseJava([jdk(8), jdk(11), jdk(17)])).toEqual({ jdk: jdk(11), openSearchVersion: '2.19.1.0' });
  });

  test('gives nothing when every JDK is older than 11', () => {
    expect(chooseJava([jdk(8)])).toBeUndefined();
  });
});
