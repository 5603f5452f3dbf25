import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../support/gates/run-command.ts';

export interface PlantedTree extends AsyncDisposable {
  readonly root: string;
}

const CONFIGS = [
  '.dependency-cruiser.cjs',
  '.gitignore',
  'biome.json',
  'knip.jsonc',
  'no-ambient.grit',
  'tsconfig.json',
];
const FOLDERS = ['bin', 'examples', 'functions', 'lib', 'test'];

/**
 * Makes a small project in a temporary folder: this checkout's own configuration and packages, and `files` (path to
 * text). Gates run in it as they run in the checkout, so a violation never has to touch the checkout.
 */
export async function plantTree(files: Readonly<Record<string, string>>): Promise<PlantedTree> {
  const root = await mkdtemp(join(tmpdir(), 'weir-gate-'));
  await symlink(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  for (const config of CONFIGS) await cp(join(ROOT, config), join(root, config));
  for (const folder of FOLDERS) await mkdir(join(root, folder));
  const planted = { 'package.json': packageJson({}), ...files };
  for (const [path, text] of Object.entries(planted)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return { root, [Symbol.asyncDispose]: () => rm(root, { recursive: true }) };
}

/** The text of a `package.json` that depends on `dependencies`, and on the tool whose configuration is planted too. */
export function packageJson(dependencies: Readonly<Record<string, string>>): string {
  return `${JSON.stringify({ name: 'planted', type: 'module', dependencies, devDependencies: { 'dependency-cruiser': '*' } }, undefined, 2)}\n`;
}
