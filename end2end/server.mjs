// Starts the built server on a free port with demo data in a temporary folder, and stops it again.
import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const binary = process.env.SERVER ?? join(root, 'target/debug/pause-fidelity');
const patience = 60_000;

/** The command line of a server for tests; the one place to change when the server's own changes. */
const commandLine = (port, folder) => ['serve', '--demo', '--listen', `127.0.0.1:${port}`, '--database-url', `sqlite://${folder}/test.sqlite?mode=rwc`];

/** @returns {Promise<{base: string, folder: string, log: () => string, stop: () => Promise<void>}>} */
export async function startServer() {
  const folder = mkdtempSync(join(tmpdir(), 'pause-end2end-'));
  const logFile = join(folder, 'server.log');
  const port = await freePort();
  const out = openSync(logFile, 'w');
  const child = spawn(binary, commandLine(port, folder), { cwd: folder, stdio: ['ignore', out, out] });
  const ended = new Promise(resolve => { child.once('exit', resolve); child.once('error', resolve); });
  const stop = async () => {
    child.kill('SIGTERM');
    await Promise.race([ended, pause(5_000).then(() => child.kill('SIGKILL'))]);
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', () => child.kill('SIGKILL'));
  const log = () => readFileSync(logFile, 'utf8');
  const base = `http://127.0.0.1:${port}`;
  let gone = false;
  ended.then(() => { gone = true; });
  for (const start = Date.now(); Date.now() - start < patience && !gone; await pause(50)) {
    if (await fetch(`${base}/healthz`).then(reply => reply.ok, () => false)) return { base, folder, log, stop };
  }
  const words = log();
  await stop();
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
