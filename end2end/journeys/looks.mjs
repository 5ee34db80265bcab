// Every page in pictures at 320 and 1280 pixels, light and dark, with axe on each; and what a report looks like on paper.
// The pictures are for people to look at; what fails here is axe, a page that is too wide, or an error in the console.
import { main } from './steps.mjs';

const Q = '/practices/quillbridge', M = '/practices/marrowdale/2026', T = '/practices/twr-cwmwl/2026', R = '/practices/tidewell-strand/2026';

/** Who looks at which pages, and what each page is called. */
const pages = {
  nobody: { 'sign in': '/sign-in', 'no such invitation': '/invitation/none' },
  lead: {
    home: '/', account: '/account', practice: Q, tasks: `${Q}/2026`, 'element answered': `${Q}/2026/elements/small-caseloads`,
    'element to answer': `${Q}/2026/elements/clear-boundaries`, check: `${Q}/2026/check`, history: `${Q}/2026/history`, 'draft report': `${Q}/2026/report`,
    'finished element': `${Q}/2025/elements/small-caseloads`, 'not found': '/nothing',
  },
  'lead.tidewell-strand': { 'returned tasks': R, 'returned element': `${R}/elements/trauma-informed-relationships`, clarifications: `${R}/clarifications`, 'long history': `${R}/history` },
  'lead.mistlebeck': { 'moderated tasks': '/practices/mistlebeck/2026', statement: '/practices/mistlebeck/2026/statement' },
  'lead.marrowdale': { 'finished statement': `${M}/statement` },
  reviewer2: { 'moderated review': '/practices/mistlebeck/2026/review', finalise: '/practices/mistlebeck/2026/finalise' },
  reader: { 'reader practice': Q, 'finished report': `${Q}/2025/report` },
  reviewer: {
    'reviewer home': '/', queue: '/queue', practices: '/practices', 'review to begin': '/practices/oakenstrand/2026/review',
    review: `${T}/review`, 'review clarifications': `${T}/clarifications`, sheet: `${T}/review/small-caseloads`, moderation: '/practices/silverhithe/2026/moderation',
    'finished review': `${M}/review`, 'finished sheet': `${M}/review/small-caseloads`, 'drifted report': `${M}/report`,
    reports: '/reports', 'national report': '/reports/2026',
    drift: '/drift', 'drift scores': '/drift?show=score&slips=unexplained', 'drift criteria': '/drift/criteria', 'drift years': '/drift/years',
    'drift criterion': '/drift/criteria/caseload-ceiling', 'drift behind': '/drift/practices/marrowdale/small-caseloads', 'drift empty': '/drift?region=Nowhere',
    frameworks: '/frameworks', version: '/frameworks/2026.1', 'framework element': '/frameworks/2026.1/small-caseloads', changes: '/frameworks/2026.1/changes',
  },
  admin: { administration: '/admin', people: '/admin/people', 'admin practices': '/admin/practices', cycles: '/admin/cycles',
    'admin practice': '/admin/practices/quillbridge', 'close practice': '/admin/practices/quillbridge/close', regions: '/admin/regions',
    'close cycle': '/admin/cycles/close?cycle=2026' },
};

async function look(page, t, name, path) {
  await page.goto(path);
  const title = await page.title();
  t.ok(/.+ – Pause fidelity$/.test(title), `${path} has a title: ${title}`);
  t.equal(await page.locator('h1').count(), 1, `${path} has one h1`);
  if (await page.locator('.app-autosave').count() > 0) await t.ready(page);
  await page.emulateMedia({ colorScheme: 'light' });
  await t.axe(page);
  await t.shot(page, name);
  await page.emulateMedia({ colorScheme: 'dark' });
  await t.axe(page);
  await t.shot(page, `${name} dark`);
  await page.emulateMedia({ colorScheme: null });
}

const journeys = Object.entries(pages).map(([who, theirs]) => ({
  name: `looks for ${who}`,
  async run(_, t) {
    t.allow(/status of 404/);
    const page = who === 'nobody' ? await t.newPage() : await t.open(who);
    const found = [];
    for (const [name, path] of Object.entries(theirs)) await look(page, t, name, path).catch(error => found.push(error.message));
    t.equal(found, [], 'on every page');
  },
}));

export default [
  ...journeys,
  {
    name: 'looks on paper',
    async run(_, t) {
      const page = await t.open('reviewer', { viewport: { width: 794, height: 1123 } });
      await page.emulateMedia({ media: 'print' });
      for (const [name, path] of [['report', `${M}/report`], ['national', '/reports/2026'], ['sheet', `${T}/review/small-caseloads`]]) {
        await page.goto(path);
        await page.screenshot({ path: t.shotPath(name), fullPage: true });
        for (const hidden of ['.app-nav', '.govuk-skip-link', '.app-downloads', '.govuk-back-link'])
          t.equal([hidden, await page.locator(hidden).filter({ visible: true }).count()], [hidden, 0], `${path} on paper`);
        t.ok(await main(page).locator('h1').isVisible());
      }
      // a sheet of A4 on its side, without its margins
      await page.setViewportSize({ width: 1047, height: 718 });
      for (const path of ['/drift', '/drift/criteria']) {
        await page.goto(path);
        await page.screenshot({ path: t.shotPath(path.slice(1).replace('/', ' ')), fullPage: true });
        const cut = await page.evaluate(() => [...document.querySelectorAll('table')].filter(table => table.getBoundingClientRect().right > innerWidth).length);
        t.equal([path, cut], [path, 0], 'tables that the paper cuts');
      }
    },
  },
  {
    name: 'looks with a keyboard: the skip link, then every control in reading order with a visible focus',
    async run(_, t) {
      const page = await t.open('lead');
      await page.goto(`${Q}/2026`);
      await page.keyboard.press('Tab');
      t.equal(await page.locator(':focus').innerText(), 'Skip to main content');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      t.ok(await page.evaluate(() => document.querySelector('main').contains(document.activeElement)), 'the skip link leads into the page');
      await page.goto(`${Q}/2026/elements/clear-boundaries`);
      await t.ready(page);
      const seen = [];
      for (let i = 0; i < 40; i++) {
        await page.keyboard.press('Tab');
        seen.push(await page.evaluate(() => {
          const one = document.activeElement, box = one.getBoundingClientRect();
          // a radio's own focus ring stands on its label
          const style = [one, one.nextElementSibling].filter(Boolean).flatMap(part => [getComputedStyle(part), getComputedStyle(part, '::before')]);
          return { what: one.outerHTML.slice(0, 80), top: box.top + scrollY, shown: box.width > 0 && style.some(s => s.outlineStyle !== 'none' || s.boxShadow !== 'none') };
        }));
      }
      t.equal(seen.filter(one => !one.shown), [], 'the focus can be seen');
      const [, ...inMain] = seen.filter(one => one.top > 200);
      t.ok(inMain.every((one, i) => i === 0 || one.top >= inMain[i - 1].top - 5), 'the order is the reading order');
    },
  },
];
