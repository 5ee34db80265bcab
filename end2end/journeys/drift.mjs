// The drift explorer: a reviewer sees what moved, narrows it down, and looks behind a number; the address holds the view.
import { main } from './steps.mjs';

const heat = (page, practice) => main(page).locator('table.app-heat tr').filter({ has: page.getByRole('rowheader', { name: practice, exact: true }) });
const choose = (page, label, words) => main(page).getByLabel(label, { exact: true }).selectOption({ label: words });
const rows = page => main(page).locator('table:not(.app-drifting) tbody th[scope=row]').allTextContents();
const drifting = page => main(page).locator('table.app-drifting tbody th[scope=row]').allTextContents();

const journey = js => [
  {
    name: `the drift explorer, from the map to the words${js ? '' : ', without scripts'}`,
    js,
    async run(_, t) {
      const page = await t.open('reviewer', { js });
      await page.goto('/reports');
      await main(page).getByRole('link', { name: 'Drift explorer' }).click();
      t.ok(/\/drift$/.test(page.url()), page.url());
      const all = await rows(page);
      t.ok(all.includes('Marrowdale') && all.includes('Emberholt'), all.join(', '));
      t.equal(all.slice(1), [...all.slice(1)].sort((a, b) => a.localeCompare(b, 'en')), 'by name');

      // it opens on who drifts
      const asks = await drifting(page);
      t.ok(asks.includes('Marrowdale') && asks.length < all.length, asks.join(', '));
      t.ok(/network drift is [+−]\d\.\d\d, 95.% interval/.test(await main(page).innerText()), 'with the network');

      // one of many, by a part of its name
      await main(page).getByLabel('Name contains').fill('Marrow');
      await main(page).getByRole('button', { name: 'Show' }).click();
      t.equal((await rows(page)).slice(1), ['Marrowdale']);
      await main(page).getByRole('link', { name: 'Show everything' }).click();
      t.equal(await rows(page), all);

      // only Practices with slips that nobody explained
      await choose(page, 'Slips', 'Some slips not explained');
      await main(page).getByRole('button', { name: 'Show' }).click();
      const some = await rows(page);
      t.ok(some.includes('Marrowdale') && some.length < all.length, some.join(', '));
      t.ok(/slips=unexplained/.test(page.url()), 'the address holds the view');
      const shared = await t.open('admin', { js });
      await shared.goto(page.url());
      t.equal(await rows(shared), some, 'whoever gets the address sees the same');

      // behind a number
      const cell = heat(page, 'Marrowdale').locator('td').filter({ has: page.locator('a') }).filter({ hasText: 'Small caseloads' });
      const words = await cell.innerText();
      t.ok(/^−1\.00/.test(words) && /5 slips, 5 not explained/.test(words), words);
      await cell.getByRole('link').click();
      t.equal(await main(page).getByRole('heading', { level: 1 }).innerText(), 'Small caseloads');
      t.equal(await main(page).locator('section.app-criterion').count(), 5);
      const one = main(page).locator('#caseload-ceiling');
      const text = await one.innerText();
      for (const part of ['▼ Down by 1: 3 → 2', 'reworded, same meaning', 'Ratings 2025', 'Ratings 2026', 'Explained by', 'Minutes on caseloads']) t.ok(text.includes(part), `${part} in ${text}`);
      await main(page).getByRole('link', { name: 'The whole report' }).click();
      t.ok(/\/practices\/marrowdale\/2026\/report$/.test(page.url()), page.url());
    },
  },
  {
    name: `criteria by cycle, and the Practices behind one${js ? '' : ', without scripts'}`,
    js,
    async run(_, t) {
      const page = await t.open('reviewer', { js });
      await page.goto('/drift');
      await main(page).getByRole('link', { name: 'Criteria by cycle' }).click();
      const row = main(page).locator('#caseload-ceiling');
      t.equal(await row.locator('td').count(), 3);
      t.ok(/reworded here/.test(await row.innerText()), 'where the words changed');
      t.ok(/begins here/.test(await main(page).innerText()), 'where a criterion begins');
      await row.locator('td').last().getByRole('link').click();
      const bars = await main(page).locator('.app-bars__line').allInnerTexts();
      const practices = await rows(page);
      const counted = bars.map(line => Number(/(\d+) Practices?$/.exec(line.replace(/\s+/g, ' '))[1]));
      t.equal(counted.reduce((a, b) => a + b, 0), practices.length, 'every Practice is in one bar');
      await choose(page, 'Slips', 'No slips');
      await main(page).getByRole('button', { name: 'Show' }).click();
      t.ok(!(await rows(page)).includes('Marrowdale') && (await rows(page)).includes('Emberholt'), 'the filter holds here too');
    },
  },
];

export default [
  ...journey(true),
  ...journey(false),
  {
    name: 'nobody but National Pause explores',
    async run(_, t) {
      t.allow(/status of 404/);
      const page = await t.open('lead');
      for (const path of ['/drift', '/drift/years', '/drift/practices/marrowdale/small-caseloads']) t.equal((await page.goto(path)).status(), 404);
    },
  },
];
