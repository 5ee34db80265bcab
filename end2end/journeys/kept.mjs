// Reports that are made in the background and kept: asked for on the report's page, watched, fetched, fetched again.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { download, follow, main, press } from './steps.mjs';

/** Asks for a report on its page and waits for it: with scripts the page goes on by itself, without them a link does. */
async function keep(page, t, report) {
  await page.goto(report);
  await main(page).locator('summary', { hasText: /^Archive(d| this) report/ }).click();
  await press(page, 'Make and archive this report');
  t.equal(await main(page).getByRole('progressbar').count(), 1, 'it is on the way');
  if (t.js) {
    await page.evaluate(() => { document.body.dataset.same = 'yes'; });
    await main(page).getByRole('link', { name: 'Download as PDF' }).waitFor();
    t.equal(await page.locator('body').getAttribute('data-same'), 'yes', 'the page was not loaded again');
    t.equal(await main(page).getByRole('progressbar').count(), 0);
  } else {
    const again = main(page).getByRole('link', { name: 'Look again' });
    while (await again.count() > 0) await follow(page, again);
  }
  return page.url();
}

/** Every file of an archived report as [format, SHA-256 of what came, SHA-256 as it stands on the page]. */
async function files(page) {
  const links = await main(page).getByRole('link', { name: /^Download as/ }).allInnerTexts();
  const found = [];
  for (const link of links) {
    const file = await download(page, link);
    const row = main(page).getByRole('row', { name: link });
    found.push([link.split(' ').pop(), createHash('sha256').update(readFileSync(file.path)).digest('hex'), await row.locator('code').innerText()]);
  }
  return found;
}

async function run(page, t) {
  const reviewer = await t.open('reviewer');
  const kept = await keep(reviewer, t, '/reports/2026');
  await t.axe(reviewer);
  await t.shot(reviewer, 'kept');
  const first = await files(reviewer);
  t.equal(first.map(([format]) => format).filter(format => ['PDF', 'HTML', 'CSV', 'JSON'].includes(format)).sort(), ['CSV', 'HTML', 'JSON', 'PDF']);
  for (const [format, came, shown] of first) t.equal(came, shown, format);
  t.equal((await download(reviewer, 'Download as PDF')).name.replace(/\d{4}-\d\d-\d\d/, 'DAY'), 'national-2026-kept-DAY.pdf');

  await follow(reviewer, reviewer.getByRole('link', { name: 'The report as it stands today' }));
  await main(reviewer).locator('summary', { hasText: 'Archived reports' }).click();
  await t.axe(reviewer);
  await t.shot(reviewer, 'list of archived reports');
  await follow(reviewer, main(reviewer).locator(`a[href="${new URL(kept).pathname}"]`));
  t.equal(await files(reviewer), first, 'the same again');
  const [, json] = first.find(([format]) => format === 'JSON');
  const fetched = t.command('report', 'fetch', kept.split('/').pop(), '--format', 'json', '--out', '-');
  t.equal(createHash('sha256').update(fetched).digest('hex'), json, 'the command line gives the same');
}

async function another(page, t) {
  const lead = await t.open('lead');
  const own = await keep(lead, t, '/practices/quillbridge/2025/report');
  t.ok((await main(lead).innerText()).toLowerCase().includes('edition 1'));
  t.allow(/status of 404/);
  const stranger = await t.open('lead.marrowdale');
  for (const path of [own, `${own}/report.pdf`]) t.equal((await stranger.goto(path)).status(), 404, path);
}

export default [
  { name: 'an archived report is watched while it is made, and stays the same', run },
  { name: 'an archived report without scripts', js: false, run },
  { name: 'a Practice keeps its report, which another cannot see', run: another },
];
