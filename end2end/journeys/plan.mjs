// The improvement plan: an action that rolls over twice, what asks for one, closing it, support and its rating.
import { PRACTICE, follow, main, press, problems, visit } from './steps.mjs';

const PLAN = '/practices/quillbridge/plan';
const both = journey => [{ ...journey }, { ...journey, name: `${journey.name}, without scripts`, js: false }];

/** Opens a Practice's plan and gives the sections of its actions that say so. */
async function actions(page, words, plan = PLAN) {
  await page.goto(plan);
  return main(page).locator('section.app-action').filter({ hasText: words });
}

/** Types a day into its three fields. */
async function day(page, name, [d, m, y]) {
  for (const [part, value] of [['day', d], ['month', m], ['year', y]]) await page.locator(`[name="${name}-${part}"]`).fill(String(value));
}

export default [
  ...both({
    name: 'an action that rolled over twice stands beside its criterion and says so',
    async run(page, t) {
      const lead = await t.open('lead');
      const twice = (await actions(lead, 'Raised in 2024, carried over twice')).first();
      await twice.waitFor();
      await t.axe(lead);
      await t.shot(lead, 'plan');
      const title = await twice.getByRole('link').first().innerText();
      await follow(lead, twice.getByRole('link').first());
      t.ok(await main(lead).getByText('Raised', { exact: true }).count() === 1, 'the history begins with the raising');
      await t.axe(lead);
      await t.shot(lead, 'action');

      await lead.goto(PRACTICE);
      let found = false;
      for (const href of await main(lead).locator('a.govuk-task-list__link').evaluateAll(all => all.map(one => one.getAttribute('href')))) {
        await visit(lead, t, href);
        const aside = main(lead).locator('aside', { hasText: 'carried over twice' });
        if (await aside.count() === 0) continue;
        found = true;
        t.ok((await aside.first().getAttribute('aria-label')).startsWith('Actions of earlier years'));
        await t.axe(lead);
        await t.shot(lead, 'beside the criterion');
        break;
      }
      t.ok(found, `“${title}” stands on an element page`);
    },
  }),
  ...both({
    name: 'what needs an action gets one, or a reason for none, and bad input comes back',
    async run(page, t) {
      t.allow(/status of 4(22|09)/);
      const plan = '/practices/tidewell-strand/plan';
      const lead = await t.open('lead.tidewell-strand');
      await lead.goto(plan);
      const asking = main(lead).locator('.app-asking__item');
      const before = await asking.count();
      t.ok(before > 1, `${before} criteria ask`);
      const title = await asking.first().getByRole('heading').innerText();
      await follow(lead, asking.first().getByRole('link', { name: 'Add an action' }));
      await main(lead).getByRole('heading', { name: title }).waitFor();
      await day(lead, 'by', [31, 2, 2097]);
      await lead.getByLabel('Support you want').fill('A visit in spring.');
      await press(lead, 'Save the action');
      t.equal((await problems(lead)).map(one => one.leads), [true, true, true]);
      t.equal(await lead.getByLabel('Support you want').inputValue(), 'A visit in spring.', 'what was typed is kept');
      await t.axe(lead);
      await t.shot(lead, 'add an action');
      await lead.getByLabel('What will be done').fill(`Meet every other week (${t.js}).`);
      await lead.getByLabel('Who is responsible').fill('Practice lead');
      await day(lead, 'by', [28, 2, 2097]);
      await press(lead, 'Save the action');
      await main(lead).getByText(`Meet every other week (${t.js}).`).first().waitFor();

      // somebody else changes it meanwhile
      const address = new URL(lead.url()).pathname;
      const other = await t.open('lead.tidewell-strand');
      await other.goto(`${address}/change`);
      await lead.goto(`${address}/change`);
      await lead.getByLabel('What will be done').fill('Meet every week.');
      await press(lead, 'Save the change');
      await other.getByLabel('What will be done').fill('Meet once a month.');
      await press(other, 'Save the change');
      await other.getByRole('heading', { name: 'Somebody else changed this action meanwhile' }).waitFor();
      t.equal(await other.getByLabel('What will be done').inputValue(), 'Meet once a month.');
      t.ok((await main(other).innerText()).includes('Meet every week.'));
      await t.axe(other);
      await t.shot(other, 'changed meanwhile');

      await lead.goto(address);
      await press(lead, 'Close the action');
      t.equal((await problems(lead)).map(one => one.leads), [true, true]);
      await lead.getByLabel('Done', { exact: true }).check();
      await lead.getByLabel('What was done').fill('It is in the diary, and the first three were held.');
      await press(lead, 'Close the action');
      await main(lead).getByText('It is in the diary').first().waitFor();
      await lead.getByLabel('Why it is opened again').fill('Two were missed.');
      await press(lead, 'Reopen the action');
      await main(lead).getByText('Opened again').waitFor();

      await lead.goto(plan);
      t.equal(await asking.count(), before - 1);
      await follow(lead, asking.first().getByRole('link', { name: 'Say why none' }));
      await press(lead, 'Save the reason');
      t.equal((await problems(lead)).map(one => one.says), ['Say why there is no action.']);
      await lead.getByLabel('Reason').fill('The board decides on this in spring.');
      await press(lead, 'Save the reason');
      await main(lead).getByText('Reasons for no action').waitFor();
      t.equal(await asking.count(), before - 2);
      await lead.getByLabel('State').selectOption('open');
      await press(lead, 'Show');
      t.ok((await main(lead).locator('section.app-action').allInnerTexts()).every(text => !text.startsWith('Done')));
    },
  }),
  ...both({
    name: 'National Pause sees all open actions, records support, and the lead rates it',
    async run(page, t) {
      t.allow(/status of 422/);
      const national = await t.open('reviewer');
      await national.goto('/');
      t.ok(/actions? (is|are) overdue/.test(await main(national).innerText()), 'the first page counts what is overdue');
      await follow(national, main(national).getByRole('link', { name: 'Actions' }));
      const names = await main(national).locator('tbody').nth(1).getByRole('rowheader').allInnerTexts();
      t.equal(names, [...names].sort((a, b) => a.localeCompare(b, 'en')), 'by name, not by rank');
      await t.axe(national);
      await t.shot(national, 'all actions');
      await national.getByLabel('Which').selectOption('overdue');
      await press(national, 'Show');
      t.ok((await main(national).locator('tbody .govuk-tag').allInnerTexts()).every(words => words === 'Overdue'));

      await national.goto(PLAN);
      t.equal(await national.getByRole('link', { name: 'Add an action' }).count(), 0, 'the plan is the Practice’s to write');
      await follow(national, national.getByRole('link', { name: 'Record support' }));
      await press(national, 'Record');
      t.equal((await problems(national)).map(one => one.says), ['Say what was done.']);
      await t.axe(national);
      await t.shot(national, 'record support');
      await national.getByLabel('What was done').fill(`Half a day on supervision (${t.js}).`);
      await press(national, 'Record');
      const entry = of => main(of).locator('section.app-action', { hasText: `Half a day on supervision (${t.js}).` });
      t.ok((await entry(national).innerText()).includes('Not rated yet'));
      t.equal(await entry(national).getByRole('link', { name: 'Rate this support' }).count(), 0);

      const lead = await t.open('lead');
      await lead.goto(PLAN);
      await follow(lead, entry(lead).getByRole('link', { name: 'Rate this support' }));
      await press(lead, 'Save the rating');
      t.equal((await problems(lead)).map(one => one.says), ['Choose how much it helped.']);
      await lead.getByLabel('5 – Helped a great deal').check();
      await lead.getByLabel('Comment').fill('It came at the right time.');
      await t.axe(lead);
      await t.shot(lead, 'rate support');
      await press(lead, 'Save the rating');
      t.ok((await entry(lead).innerText()).includes('5 – Helped a great deal'));
    },
  }),
  {
    name: 'the plan and the support behind the scores stand in both reports and their files',
    async run(page, t) {
      const lead = await t.open('lead.marrowdale');
      const report = '/practices/marrowdale/2026/report';
      await lead.goto(report);
      const words = await main(lead).innerText();
      for (const one of ['The plan is shown as it stands when this report is made', 'carried over twice', 'Support from National Pause']) t.ok(words.includes(one), one);
      await t.axe(lead);
      await t.shot(lead, 'report');
      const json = await (await lead.request.get(`${report}/report.json`)).json();
      const what = json.plan.actions[0].what;
      t.ok(words.includes(what), 'the page says what the file says');
      const csv = await (await lead.request.get(`${report}/report.csv`)).text();
      t.ok(csv.includes(what) && csv.includes('carried over twice'));

      const national = await t.open('reviewer');
      await national.goto('/reports/2026');
      const all = await main(national).innerText();
      t.ok(all.includes('Improvement plans and support') && !all.includes(what), 'counts alone, no text');
    },
  },
];
