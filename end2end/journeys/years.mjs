// A Practice's years and the network over the cycles: found from their pages, on the screen and as a PDF with the same figures.
import { execFileSync } from 'node:child_process';
import { download, follow, main } from './steps.mjs';

/** Letters, digits and signs only: a page breaks lines. */
const bare = text => text.normalize('NFC').replace(/[^\p{L}\p{N}+−.]+/gu, '');

/** A PDF's text; fails where qpdf finds a fault in it. */
function textOf(path) {
  execFileSync('qpdf', ['--check', path], { stdio: 'pipe' });
  return execFileSync('pdftotext', ['-raw', path, '-'], { maxBuffer: 64 << 20 }).toString();
}

/** What stands under a heading up to its first table or chart, a text each. */
const under = (page, heading) => main(page).locator('h2').filter({ hasText: new RegExp(`^${heading}$`) }).evaluate(h2 => {
  const texts = [];
  for (let next = h2.nextElementSibling; next?.matches('p, ul'); next = next.nextElementSibling) texts.push(...(next.matches('ul') ? [...next.children] : [next]).map(one => one.textContent));
  return texts;
});

/** Fetches the PDF and holds the page's sentences against it. */
async function same(page, t, name, sentences) {
  const pdf = await download(page, 'Download as PDF');
  t.equal(pdf.name, name);
  const letters = bare(textOf(pdf.path));
  t.ok(sentences.some(words => /\d/.test(words)), 'there are figures');
  for (const words of sentences) t.ok(letters.includes(bare(words)), `“${words}” in the PDF`);
}

/** Every chart says in words what it shows, with its figures. */
async function said(page, t) {
  const charts = await main(page).locator('figure.app-figure svg').evaluateAll(all => all.map(svg => svg.querySelector('desc').textContent));
  t.ok(charts.length > 0 && charts.every(words => /\d/.test(words)), 'charts have words');
}

const journey = js => [
  {
    name: `a Practice's own years${js ? '' : ', without scripts'}`,
    js,
    async run(_, t) {
      const page = await t.open('lead.marrowdale');
      await page.goto('/practices/marrowdale');
      await follow(page, main(page).getByRole('link', { name: 'Compare years' }));
      t.ok(page.url().endsWith('/practices/marrowdale/years'));
      t.equal(await main(page).locator('h2').first().textContent(), 'What went up', 'gains come first');
      const text = await main(page).innerText();
      for (const other of ['Quillbridge', 'Emberholt', 'Thistlewick Bay']) t.ok(!text.includes(other), `${other} is not named`);
      t.ok(/In the middle half|Above the upper quartile|Below the lower quartile/.test(text));
      await said(page, t);
      await t.axe(page);
      await t.shot(page, 'years');
      await same(page, t, 'marrowdale-years.pdf', await under(page, 'How far the ratings moved'));
      await page.goto('/practices/marrowdale/2026/report');
      await follow(page, main(page).getByRole('link', { name: 'All years of this Practice on one page' }));
      t.ok(page.url().endsWith('/practices/marrowdale/years'));
    },
  },
  {
    name: `the network over the cycles${js ? '' : ', without scripts'}`,
    js,
    async run(_, t) {
      const page = await t.open('reviewer');
      await page.goto('/reports');
      await follow(page, main(page).getByRole('link', { name: 'The network over the cycles' }));
      await said(page, t);
      await t.axe(page);
      await t.shot(page, 'network');
      await same(page, t, 'network.pdf', await under(page, 'Summary'));

      const whole = await under(page, 'Summary');
      await main(page).getByLabel('Region').selectOption('Wales');
      await main(page).getByLabel('Criteria', { exact: true }).selectOption('core');
      await follow(page, main(page).getByRole('button', { name: 'Show', exact: true }));
      t.ok(page.url().includes('region=Wales') && page.url().includes('criteria=core'), 'the address holds the choices');
      t.equal(await main(page).getByLabel('Region').inputValue(), 'Wales');
      t.ok((await under(page, 'Summary'))[0] !== whole[0], 'other Practices, other figures');
      await t.axe(page);
      await same(page, t, 'network.pdf', await under(page, 'Summary'));

      await follow(page, main(page).getByRole('link', { name: 'Practices by element' }));
      t.ok(page.url().includes('/drift?') && page.url().includes('region=Wales'));
    },
  },
];

export default [...journey(true), ...journey(false)];
