// Walks the journeys in journeys/*.mjs through a real browser against the built server.
//
//   node run.mjs [part of a name]      SERVER=path/to/the/binary   CHROMIUM=path   SHOTS=folder
//
// Each file exports (default) an array of { name, js, run(page, t) }; with `js: false` the browser runs no scripts.
// Each file has its own server and its own demo data; each journey its own browser session. A journey fails when it
// throws, or when the page logs an error. `t` is described in tools.mjs.
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { startServer } from './server.mjs';
import { Tools, watch } from './tools.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv[2] ?? '';
const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

async function walk(browser, server, journey) {
  const js = journey.js !== false;
  const context = await browser.newContext({ baseURL: server.base, javaScriptEnabled: js, viewport: { width: 1280, height: 900 }, locale: 'en-GB' });
  context.setDefaultTimeout(10_000);
  const tools = new Tools(server, journey);
  context.on('page', page => watch(page, tools));
  const page = await context.newPage();
  try {
    await journey.run(page, tools);
    tools.failOnProblems();
  } catch (error) {
    await page.screenshot({ path: tools.shotPath('failed') }).catch(() => {});
    const where = (error.stack ?? '').split('\n').find(line => line.includes('/journeys/'))?.trim() ?? '';
    throw new Error(`${error.message}\n     ${where}\n     at ${page.url()}, see ${tools.shotPath('failed')}${tools.describeProblems()}`);
  } finally {
    await context.close();
  }
}

let passed = 0, failed = 0;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
for (const file of readdirSync(join(here, 'journeys')).filter(name => name.endsWith('.mjs')).sort()) {
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
