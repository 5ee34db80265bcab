// Starts the built server on a free port with demo data in a temporary folder, and stops it again.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const binary = process.env.SERVER ?? join(root, 'target/debug/pause-fidelity');
const database = 'test.sqlite';
const patience = 120_000;

/** The command line of a server for tests; the one place to change when the server's own changes. */
const commandLine = (port, folder) => ['serve', '--demo', '--listen', `127.0.0.1:${port}`, '--database-url', address(folder)];
const address = folder => `sqlite://${folder}/${database}?mode=rwc`;

let template;

/** Starts a server on a fresh copy of the demo data.
 *  @returns {Promise<{base: string, folder: string, binary: string, database: string, log: () => string, stop: () => Promise<void>}>} */
export async function startServer() {
  template ??= await makeTemplate();
  return start(folder => copyData(template, folder));
}

/** The demo data are invented once, which takes seconds, and copied for every server. */
async function makeTemplate() {
  const kept = mkdtempSync(join(tmpdir(), 'pause-end2end-'));
  process.once('exit', () => rmSync(kept, { recursive: true, force: true }));
  const server = await start(() => {}, folder => copyData(folder, kept));
  await server.stop();
  return kept;
}

/** The database is one file; beside it are SQLite's log of what is not yet in that file, and the folder of evidence. */
function copyData(from, to) {
  for (const name of readdirSync(from).filter(name => name.startsWith('test'))) cpSync(join(from, name), join(to, name), { recursive: true });
}

async function start(prepare, keep = () => {}) {
  const folder = mkdtempSync(join(tmpdir(), 'pause-end2end-'));
  prepare(folder);
  const logFile = join(folder, 'server.log');
  const port = await freePort();
  const out = openSync(logFile, 'w');
  const child = spawn(binary, commandLine(port, folder), { cwd: folder, stdio: ['ignore', out, out] });
  const ended = new Promise(resolve => { child.once('exit', resolve); child.once('error', resolve); });
  const stop = async () => {
    child.kill('SIGTERM');
    await Promise.race([ended, pause(5_000).then(() => child.kill('SIGKILL'))]);
    await ended;
    keep(folder);
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', () => child.kill('SIGKILL'));
  const log = () => readFileSync(logFile, 'utf8');
  const base = `http://127.0.0.1:${port}`;
  let gone = false;
  ended.then(() => { gone = true; });
  for (const began = Date.now(); Date.now() - began < patience && !gone; await pause(50)) {
    if (await fetch(`${base}/healthz`).then(reply => reply.ok, () => false)) return { base, folder, binary, database: address(folder), log, stop };
  }
  const words = log();
  child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
  throw new Error(`${binary} did not start:\n${words}`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
