import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileSystem } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { BundleError, type BundlePlan, bundleFunctions } from '../../lib/infra/bundle/bundle-functions.ts';
import { temporaryDirectory } from './support/temporary-directory.ts';

function plan(handler: string, changes: Partial<BundlePlan<'fixture'>> = {}): BundlePlan<'fixture'> {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'functions', 'fixture'), { recursive: true });
  writeFileSync(join(directory, 'functions', 'fixture', 'handler.ts'), handler);
  return {
    names: ['fixture'],
    functionsDirectory: join(directory, 'functions'),
    outputDirectory: join(directory, 'dist'),
    dataFiles: {},
    ...changes,
  };
}

describe('bundleFunctions', () => {
  test('writes data files beside the bundle, where the handler finds them', async () => {
    const bundles = await bundleFunctions(
      plan(
        "import { readFileSync } from 'node:fs';\n" +
          "export const handler = async () => readFileSync(new URL('./answer.json', import.meta.url), 'utf8');\n",
        { dataFiles: { fixture: { 'answer.json': async () => Buffer.from('42') } } },
      ),
    );
    const { handler } = await import(join(bundles.fixture, 'index.mjs'));
    expect(await handler()).toBe('42');
  });

  test('lets a package that is CommonJS require what Node has built in', async () => {
    const fixture = plan(
      "import { join } from './legacy.cjs';\nexport const handler = async () => join('a', 'b');\n",
    );
    writeFileSync(
      join(fixture.functionsDirectory, 'fixture', 'legacy.cjs'),
      "const name = 'node:path';\nmodule.exports = { join: (...parts) => require(name).join(...parts) };\n",
    );
    const { handler } = await import(join((await bundleFunctions(fixture)).fixture, 'index.mjs'));
    expect(await handler()).toBe('a/b');
  });

  test('gives the same bytes for the same input, and leaves nothing of an earlier bundle', async () => {
    const fixture = plan("export const handler = async () => (await import('node:os')).EOL;\n");
    const first = FileSystem.fingerprint((await bundleFunctions(fixture)).fixture);
    writeFileSync(join(fixture.outputDirectory, 'functions', 'fixture', 'stale.mjs'), '');
    expect(FileSystem.fingerprint((await bundleFunctions(fixture)).fixture)).toBe(first);
  });

  test('maps positions to the sources without carrying their text', async () => {
    const bundles = await bundleFunctions(plan('export const handler = async () => 1;\n'));
    const map = JSON.parse(readFileSync(join(bundles.fixture, 'index.mjs.map'), 'utf8'));
    expect(map.sources).toEqual([expect.stringMatching(/functions\/fixture\/handler\.ts$/)]);
    expect(map.sourcesContent).toBeUndefined();
  });

  test('names every function that has no handler', async () => {
    const { functionsDirectory, outputDirectory } = plan('');
    const bundling = bundleFunctions({
      names: ['fixture', 'absent', 'gone'],
      functionsDirectory,
      outputDirectory,
      dataFiles: {},
    });
    await expect(bundling).rejects.toThrow(BundleError);
    await expect(bundling).rejects.toThrow(
      /No handler\.ts in \S+absent, \S+gone\. Every function folder needs/,
    );
  });

  test('names the handler that does not compile', async () => {
    await expect(bundleFunctions(plan("import './missing.ts';\n"))).rejects.toThrow(
      /Cannot bundle \S+fixture\/handler\.ts: [\s\S]*Could not resolve ".\/missing\.ts"/,
    );
  });
});
