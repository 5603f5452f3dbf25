/**
 * What every command starts with, on any Node from 20 on: installs the packages of the checkout where they are missing
 * or out of date, then hands over to the Node 24 among them. Runs before anything is installed, so it imports Node only.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LOCKFILE = join(ROOT, 'package-lock.json');
const MODULES = join(ROOT, 'node_modules');
/** Holds the hash of the lockfile that the packages were installed from. */
const STAMP = join(MODULES, '.weir-installed');
/** npm writes its own note when an installation is complete. */
const NPM_STAMP = join(MODULES, '.package-lock.json');
const NPM_STAMP_TOLERANCE_MS = 2_000;
/**
 * Exactly what the lockfile says, without touching it. Not `npm ci`, which refuses a lockfile that was written where the
 * registry had no binaries for other systems; not engine-strict, for the packages run on the toolchain's own Node.
 */
const NPM_INSTALL = [
  'install',
  '--no-save',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
  '--engine-strict=false',
];
const INSTALL_LOCK = join(ROOT, '.weir', 'install.pid');
const INSTALL_LOCK_VALID_MS = 600_000;
const HEARTBEAT_MS = 10_000;
const TOOLS = join(MODULES, '.bin');

/** Runs a script of the checkout with the toolchain's Node and ends this process as it ends. */
export async function handOver(script, args) {
  requireNode();
  const failure = await installPackages();
  if (failure) return stop(failure);
  const { code, signal } = await run(join(TOOLS, 'node'), [join(ROOT, script), ...args], {
    stdio: 'inherit',
    env: { ...process.env, PATH: [TOOLS, process.env.PATH].join(delimiter) },
  });
  if (signal) process.kill(process.pid, signal);
  process.exitCode = code;
}

function requireNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= OLDEST_NODE) return;
  stop(
    `Node ${process.versions.node} is too old: Weir needs Node ${OLDEST_NODE} or newer, from https://nodejs.org.`,
  );
}

/** Gives what went wrong, or nothing. */
async function installPackages() {
  const hash = createHash('sha256').update(readFileSync(LOCKFILE)).digest('hex');
  if (isInstalled(hash)) return undefined;
  await otherInstallation();
  if (isInstalled(hash)) return undefined;
  const begun = Date.now();
  const seconds = () => `${Math.round((Date.now() - begun) / 1000)} s`;
  process.stderr.write('… Installing the packages of package-lock.json\n');
  const heartbeat = setInterval(() => process.stderr.write(`… npm install (${seconds()})\n`), HEARTBEAT_MS);
  const { code } = await runNpm();
  clearInterval(heartbeat);
  if (code !== 0) return 'npm install failed (see above). Correct the cause and run the same command again.';
  if (!existsSync(join(TOOLS, 'node'))) {
    return 'The package "node" has no program: npm was told to ignore install scripts. Run: npm install --no-save --ignore-scripts=false';
  }
  writeFileSync(STAMP, hash);
  process.stderr.write(`✓ Packages installed (${seconds()})\n`);
  return undefined;
}

function isInstalled(hash) {
  if (!existsSync(join(TOOLS, 'node'))) return false;
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return true;
  // Installed by npm itself, from this lockfile or while writing it.
  if (!existsSync(NPM_STAMP)) return false;
  return statSync(NPM_STAMP).mtimeMs >= statSync(LOCKFILE).mtimeMs - NPM_STAMP_TOLERANCE_MS;
}

async function runNpm() {
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  mkdirSync(join(ROOT, '.weir'), { recursive: true });
  const result = await run(npm[0], [...npm.slice(1), ...NPM_INSTALL], {
    cwd: ROOT,
    stdio: ['ignore', process.stderr, process.stderr],
    recordedIn: INSTALL_LOCK,
  });
  rmSync(INSTALL_LOCK, { force: true });
  return result;
}

/** Two npm at once break each other: one left by a killed command is waited for. */
async function otherInstallation() {
  const isYoung =
    existsSync(INSTALL_LOCK) && Date.now() - statSync(INSTALL_LOCK).mtimeMs < INSTALL_LOCK_VALID_MS;
  if (!isYoung) return;
  const pid = Number(readFileSync(INSTALL_LOCK, 'utf8'));
  if (isRunning(pid)) process.stderr.write(`… waiting for the installation that process ${pid} is at\n`);
  while (isRunning(pid)) await delay(200);
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Runs a program to its end. Ctrl-C reaches it by itself; this process stays to pass on how it ended. */
function run(command, args, { recordedIn, ...options }) {
  const ignore = () => undefined;
  process.on('SIGINT', ignore);
  const child = spawn(command, args, options);
  if (recordedIn && child.pid) writeFileSync(recordedIn, String(child.pid));
  const passOn = (signal) => child.kill(signal);
  process.on('SIGTERM', passOn);
  return new Promise((resolve) => {
    const settle = (code, signal) => {
      process.off('SIGINT', ignore);
      process.off('SIGTERM', passOn);
      resolve({ code, signal });
    };
    child.once('exit', settle);
    child.once('error', (error) => {
      process.stderr.write(`${command}: ${error.message}\n`);
      settle(1, null);
    });
  });
}

function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
