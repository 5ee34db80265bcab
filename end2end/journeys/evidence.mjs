// Evidence: a file is added, cited, read by the reviewer and downloaded; an item of last year is said to be still true;
// what has expired is marked; what is refused leaves everything on the page; words that may identify somebody are asked
// about, with the file held meanwhile; of two who change an item the second sees the version of the first.
import { main, problems } from './steps.mjs';

const LIBRARY = '/practices/quillbridge/evidence';
const ELEMENT = '/practices/quillbridge/2026/elements/small-caseloads';
const press = (page, name, within = main(page)) => within.getByRole('button', { name }).first().click();
const criterion = page => page.locator('#caseload-ceiling');

/** Fills in what every item has. */
async function describe(page, title) {
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('What it shows').fill('Who came to the meeting, and what was decided.');
  const day = page.getByRole('group', { name: 'Date it relates to' });
  await day.getByLabel('Day').fill('5');
  await day.getByLabel('Month').fill('1');
  await day.getByLabel('Year').fill('2026');
}

const choose = (page, name, text) => page.getByLabel('File', { exact: true })
  .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) });

const both = journey => [true, false].map(js => ({ ...journey, js, name: `${journey.name}${js ? '' : ', without JavaScript'}` }));

export default [
  ...both({
    name: 'evidence is added, refused, cited, changed and withdrawn',
    async run(page, t) {
      t.allow(/status of 422/);
      const lead = await t.open('lead');
      await lead.goto('/practices/quillbridge');
      await main(lead).getByRole('link', { name: 'Evidence library' }).click();
      await main(lead).getByRole('heading', { name: 'Evidence', exact: true }).waitFor();
      t.ok(await main(lead).getByText('Expired').count() > 0, 'the demonstration has an expired item');
      await t.axe(lead);
      if (!t.js) await t.shot(lead, 'library');

      await main(lead).getByRole('link', { name: 'Add a file' }).click();
      if (t.js) await lead.locator('.app-upload[data-ready]').waitFor();
      await describe(lead, 'Team meeting in January');
      await choose(lead, 'minutes.pdf', 'no PDF at all');
      await press(lead, /^Save$/);
      await main(lead).getByText('what is in the file is something else').first().waitFor();
      t.ok((await problems(lead)).some(one => one.says.includes('something else') && one.leads), 'the list leads to the file');
      t.equal(await main(lead).locator('.govuk-form-group--error #file-error').count(), 1);
      if (t.js) t.ok(await lead.locator('.app-upload__part .govuk-error-summary').evaluate(list => list === document.activeElement), 'the list has the focus');
      t.equal(await lead.getByLabel('Title').inputValue(), 'Team meeting in January');
      t.equal(await lead.getByRole('group', { name: 'Date it relates to' }).getByLabel('Year').inputValue(), '2026');
      await t.axe(lead);
      if (!t.js) await t.shot(lead, 'refused file');
      await choose(lead, 'cofnodion ŵyl.txt', 'Present: the team, Ms Hartle.\n');
      await press(lead, /^Save$/);
      await main(lead).getByText('could these words identify somebody?').waitFor();
      t.equal(await main(lead).locator('.app-check mark').allTextContents(), ['Ms Hartle']);
      await main(lead).getByText('cofnodion ŵyl.txt (Text, 30 bytes) has come through').waitFor();
      await t.axe(lead);
      if (!t.js) await t.shot(lead, 'words in a file');
      await press(lead, 'This doesn’t identify anyone: save it');
      await main(lead).getByRole('heading', { name: 'Team meeting in January', exact: true }).waitFor();
      const item = new URL(lead.url()).pathname;
      const reply = await lead.request.get(`${item}/1/file`);
      t.equal(await reply.text(), 'Present: the team, Ms Hartle.\n');
      t.ok(reply.headers()['content-disposition'].startsWith('attachment;'), 'the file is to be saved');
      await t.axe(lead);
      if (!t.js) await t.shot(lead, 'item');

      await lead.goto(ELEMENT);
      await press(lead, /^Save and cite evidence/, criterion(lead));
      await lead.getByLabel('Team meeting in January').check();
      await t.axe(lead);
      if (!t.js) await t.shot(lead, 'citing');
      await press(lead, 'Save and go back to the criterion');
      await criterion(lead).getByRole('link', { name: 'Team meeting in January' }).waitFor();
      t.ok(await criterion(lead).getByText('Expired').count() > 0, 'the figures of last year have expired');
      await t.axe(lead);
      if (!t.js) await t.shot(lead, 'cited');

      // two tabs: whoever saves second sees the version of the first, and can save then
      const second = await lead.context().newPage();
      for (const tab of [lead, second]) {
        await tab.goto(`${item}/edit`);
        if (t.js) await tab.locator('.app-upload[data-ready]').waitFor();
      }
      await lead.getByLabel('Title').fill('Team meetings in January');
      await press(lead, /^Save$/);
      await main(lead).getByRole('heading', { name: 'Version 2: Team meetings in January' }).waitFor();
      await main(lead).getByRole('heading', { name: 'Version 1: Team meeting in January' }).waitFor();
      await second.getByLabel('Title').fill('All team meetings in January');
      await press(second, /^Save$/);
      await main(second).getByText('Somebody else has changed this item').waitFor();
      await main(second).getByText('Team meetings in January', { exact: true }).waitFor();
      await press(second, /^Save$/);
      await main(second).getByRole('heading', { name: 'Version 3: All team meetings in January' }).waitFor();
      await second.close();

      await lead.goto(item);
      await main(lead).locator('summary').filter({ hasText: 'Withdraw' }).click();
      await main(lead).getByText('does not bring these citations back').waitFor();
      t.ok(await main(lead).locator('details').getByRole('link', { name: '2026' }).count() > 0, 'it says where it is cited');
      await t.axe(lead);
      if (!t.js) await t.shot(lead, 'withdrawing');
      await press(lead, 'Withdraw this item');
      await main(lead).getByText('Withdrawn by').waitFor();
      await lead.goto(ELEMENT);
      t.equal(await criterion(lead).getByRole('link', { name: /team meeting/i }).count(), 0);
    },
  }),
  ...both({
    name: 'evidence of a finished year is read by others, and nothing else of the library',
    async run(page, t) {
      t.allow(/status of 404/);
      const reviewer = await t.open('reviewer');
      const lead = await t.open('lead.marrowdale');
      await lead.goto('/practices/marrowdale/2026/report');
      await main(lead).getByText('Staffing over the year').first().waitFor();
      t.ok(await main(lead).getByText('expired: to be reviewed by').count() > 0, 'the report says what has expired');
      await lead.goto('/practices/marrowdale/evidence');
      const item = await main(lead).getByRole('link', { name: 'Staffing over the year' }).getAttribute('href');

      t.equal((await reviewer.goto('/practices/marrowdale/evidence')).status(), 404);
      t.equal((await reviewer.goto(item)).status(), 200);
      await main(reviewer).getByText('Confirmed as still true').waitFor();
      t.equal(await main(reviewer).getByRole('button', { name: 'Withdraw' }).count(), 0);
      t.equal((await reviewer.request.get(`${item}/1/file`)).status(), 200);
      const stranger = await t.open('lead');
      t.equal((await stranger.goto(item)).status(), 404);
      t.equal((await stranger.request.get(`${item}/1/file`)).status(), 404);
      await t.axe(reviewer);
    },
  }),
];
