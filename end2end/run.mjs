// Walks the journeys in journeys/*.mjs through a real browser against the built server.
//
//   node run.mjs [part of a name]      SERVER=path/to/the/binary   CHROMIUM=path   SHOTS=folder
//
// Each file but steps.mjs exports (default) an array of { name, js, run(page, t) }; with `js: false` the browser runs no scripts.
// Each file has its own server and its own demo data; each journey its own browser session. A journey fails when it
// throws, or when the page logs an error. `t` is described in tools.mjs.
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { startServer } from './server.mjs';
import { Tools } from './tools.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv[2] ?? '';
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

async function walk(browser, server, journey) {
  const tools = new Tools(server, journey, browser);
  const page = await tools.newPage();
  try {
    await journey.run(page, tools);
    tools.failOnProblems();
  } catch (error) {
    const where = (error.stack ?? '').split('\n').filter(line => line.includes('/journeys/')).map(line => line.trim()).join('\n     ');
    throw new Error(`${error.message}\n     ${where}${await tools.photographFailure()}${tools.describeProblems()}`);
  } finally {
    await tools.close();
  }
}

let passed = 0, failed = 0;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
for (const file of readdirSync(join(here, 'journeys')).filter(name => name.endsWith('.mjs') && name !== 'steps.mjs').sort()) {
  const journeys = (await import(join(here, 'journeys', file))).default.filter(journey => journey.name.includes(wanted));
  if (journeys.length === 0) continue;
  const server = await startServer();
  for (const journey of journeys) {
    const start = Date.now();
    try {
      await walk(browser, server, journey);
      passed++;
      console.log(`ok   ${journey.name} (${Date.now() - start} ms)`);
    } catch (error) {
      failed++;
      console.log(`FAIL ${journey.name}\n     ${error.message}`);
    }
  }
  await server.stop();
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
