// What a journey gets as `t`.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const { source: axeSource } = createRequire(import.meta.url)('axe-core');
const shots = process.env.SHOTS ?? join(dirname(fileURLToPath(import.meta.url)), '../target/screenshots');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const password = 'try-the-demo-today';

export class Tools {
  #problems = [];
  #allowed = [];
  #contexts = [];
  #browser;
  #name;

  constructor(server, journey, browser) {
    this.server = server;
    this.base = server.base;
    this.js = journey.js !== false;
    this.#name = journey.name;
    this.#browser = browser;
  }

  /** A page in a browser of its own, with nobody signed in; `options` are Playwright's. */
  async newPage(options = {}) {
    const context = await this.#browser.newContext({
      baseURL: this.base, javaScriptEnabled: this.js, viewport: { width: 1280, height: 900 }, locale: 'en-GB', ...options,
    });
    this.#contexts.push(context);
    context.setDefaultTimeout(30_000);
    context.on('page', page => watch(page, this));
    return context.newPage();
  }

  /** A page in a browser of its own for somebody: `lead` is lead@demo.example. The session is shared by all journeys of
   *  a file, since hashing a password takes its time; whoever ends a session signs in with [signIn] instead. */
  async open(who, options) {
    const page = await this.newPage(options);
    const sessions = this.server.sessions ??= new Map();
    if (!sessions.has(who)) {
      const reply = await page.request.post('/sign-in', { form: { email: address(who), password }, maxRedirects: 0 });
      assert.equal(reply.status(), 303, `${who} signs in`);
      sessions.set(who, await page.context().cookies());
    }
    await page.context().addCookies(sessions.get(who));
    return page;
  }

  /** Fills in the sign-in form that stands on the page, or the one at its usual address. */
  async signIn(page, who) {
    if (!page.url().includes('/sign-in') && await page.getByLabel('Password').count() === 0) await page.goto('/sign-in');
    await page.getByLabel('E-mail address').fill(address(who));
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Sign out', exact: true }).or(page.getByRole('button', { name: 'Save what I had written' })).first().waitFor();
  }

  /** Runs the product's command line on the server's database and gives what it writes. */
  command(...words) { return execFileSync(this.server.binary, [...words, '--database-url', this.server.database], { maxBuffer: 64 << 20, stdio: ['ignore', 'pipe', 'ignore'] }).toString(); }

  /** `t.ok(value, words)` and `t.equal(actual, expected, words)` are node's strict assertions. */
  ok(value, words) { assert.ok(value, words); }
  equal(actual, expected, words) { assert.deepEqual(actual, expected, words); }

  /** From now on, problems that match are expected: a refused save logs its status in the browser's console. */
  allow(pattern) { this.#allowed.push(pattern); }

  /** No serious or critical finding of axe on the page as it stands. It needs scripts itself: without them the page is
   *  the same, and looked at by the journey with scripts. */
  async axe(page) {
    if (!this.js) return;
    // through the debugger, so the page's security policy stays as it is
    await page.evaluate(axeSource);
    const { violations } = await page.evaluate(tags => globalThis.axe.run(document, { runOnly: tags, resultTypes: ['violations'] }), rules);
    const grave = violations.filter(found => ['serious', 'critical'].includes(found.impact));
    const words = grave.map(found => `${found.id}: ${found.help}\n       ${found.nodes.slice(0, 3).map(node => node.html.slice(0, 200)).join('\n       ')}`);
    assert.equal(grave.length, 0, `axe at ${page.url()}\n     ${words.join('\n     ')}`);
  }

  /** Pictures of the whole page at 320 and 1280 pixels; at 320 nothing may stick out at the side. */
  async shot(page, name) {
    const before = page.viewportSize();
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: this.shotPath(name, width), fullPage: true });
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(over <= 0, `${page.url()} is ${over} px too wide for ${width}`);
    }
    await page.setViewportSize(before);
  }

  /** Waits until every island on the page listens. */
  async ready(page) {
    await page.waitForFunction(() => {
      const islands = [...document.querySelectorAll('.app-autosave')];
      return islands.length > 0 && islands.every(island => island.hasAttribute('data-ready'));
    });
  }

  /** Waits for something outside the page. */
  async until(condition) {
    for (const start = Date.now(); !condition(); await pause(20)) assert.ok(Date.now() - start < 30_000, `waited in vain for ${condition}`);
  }

  /** A picture of every open page, and where the pictures are. */
  async photographFailure() {
    const pages = this.#contexts.flatMap(context => context.pages()).filter(page => page.url() !== 'about:blank');
    const taken = pages.map(async (page, i) => {
      const path = this.shotPath('failed', i || '');
      await page.screenshot({ path, fullPage: true }).catch(() => {});
      return `\n     at ${page.url()}, see ${path}`;
    });
    return (await Promise.all(taken)).join('');
  }

  async close() { await Promise.all(this.#contexts.map(context => context.close())); }

  shotPath(name, width = '') {
    mkdirSync(shots, { recursive: true });
    return join(shots, [this.#name, name, width].filter(String).join(' ').replace(/[^\p{L}\p{N}]+/gu, '-') + '.png');
  }

  note(problem) { this.#problems.push(problem); }

  #unexpected() { return this.#problems.filter(problem => !this.#allowed.some(pattern => pattern.test(problem))); }

  failOnProblems() { assert.deepEqual(this.#unexpected(), [], 'the page reported errors'); }

  describeProblems() { return this.#unexpected().map(problem => `\n     page: ${problem}`).join(''); }
}

const address = who => who.includes('@') ? who : `${who}@demo.example`;

/** Notes everything that goes wrong on a page. */
function watch(page, tools) {
  page.on('console', message => message.type() === 'error' && tools.note(message.text()));
  page.on('pageerror', error => tools.note(String(error)));
  page.on('response', reply => reply.status() >= 500 && tools.note(`${reply.status()} ${reply.url()}`));
}
