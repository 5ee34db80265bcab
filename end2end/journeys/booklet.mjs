// A version of the framework as a booklet: from its page, on the screen and as a PDF, with every criterion in both.
import { execFileSync } from 'node:child_process';
import { follow, main } from './steps.mjs';

/** Letters and digits only: a page breaks lines. */
const bare = text => text.replace(/[^\p{L}\p{N}]+/gu, '');

/** A PDF's text; fails where qpdf finds a fault in it. */
function textOf(path) {
  execFileSync('qpdf', ['--check', path], { stdio: 'pipe' });
  return execFileSync('pdftotext', ['-raw', path, '-'], { maxBuffer: 64 << 20 }).toString();
}

/** Every criterion of the booklet on the screen: its id and title, and the words of its anchors. */
const criteria = page => main(page).locator('.app-scroll').filter({ hasText: /^Anchors of / }).evaluateAll(all => all.map(table => {
  let heading = table;
  while (!heading.matches('h3')) heading = heading.previousElementSibling;
  return { id: heading.id, title: heading.textContent, anchors: [...table.querySelectorAll('td')].map(cell => cell.textContent) };
}));

const inView = (page, id) => page.waitForFunction(id => {
  const { top } = document.getElementById(id).getBoundingClientRect();
  return top > -1 && top < innerHeight;
}, id);

/** The journey, with scripts and without. */
const journey = js => ({
  name: `a version as a booklet${js ? '' : ', without scripts'}`,
  js,
  async run(_, t) {
    const page = await t.open('reader');
    await page.goto('/frameworks/2026.1');
    await follow(page, main(page).getByRole('link', { name: 'Every element and criterion as a booklet' }));
    t.ok(page.url().endsWith('/frameworks/2026.1/booklet'));
    t.equal(await page.locator('h1').count(), 1);
    await t.axe(page);
    // without scripts the page is the same, and its picture is tall
    if (js) await t.shot(page, 'booklet');

    const all = await criteria(page);
    const { criteria: wanted } = JSON.parse(t.command('framework', 'list', '--format', 'json')).find(one => one.version === '2026.1');
    t.equal(all.length, wanted, 'every criterion is there');
    t.ok(all.every(({ anchors }) => anchors.length === 5 && anchors.every(Boolean)), 'each with five anchors');

    await main(page).locator('.app-contents').getByRole('link', { name: all.at(-1).title, exact: true }).click();
    await inView(page, all.at(-1).id);
    // from a criterion to the changes of its kind, and back
    await page.goto('/frameworks/2026.1/booklet#caseload-ceiling');
    await main(page).locator('#caseload-ceiling ~ p').getByRole('link', { name: 'Reworded, same meaning' }).first().click();
    await inView(page, 'changes-reworded');
    await main(page).locator('#changes-reworded ~ .app-scroll a[href="#caseload-ceiling"]').first().click();
    await inView(page, 'caseload-ceiling');

    const coming = page.waitForEvent('download');
    await main(page).getByRole('link', { name: 'Download as PDF', exact: true }).click();
    const file = await coming;
    t.equal(file.suggestedFilename(), 'framework-2026.1.pdf');
    const letters = bare(textOf(await file.path()));
    for (const { title, anchors } of [all[0], all.at(-1)])
      for (const words of [title, ...anchors]) t.ok(letters.includes(bare(words)), `“${words}” in the PDF`);
  },
});

export default [journey(true), journey(false)];
