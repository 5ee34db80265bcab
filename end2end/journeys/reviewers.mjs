// Two reviewers who rate blind and disagree, conflicts of interest, and a finished assessment taken up again.
import { field, level, post, problems, saved, section, send, visit } from './steps.mjs';

/** Gives a person a place among the reviewers. */
async function assign(t, page, base, first, second) {
  await page.goto(`${base}/reviewers`);
  for (const [label, name] of [['First reviewer', first], ['Second reviewer', second]]) {
    const options = await page.getByLabel(label).locator('option').allTextContents();
    await page.getByLabel(label).selectOption({ label: options.find(option => option.startsWith(name)) });
  }
  await page.getByRole('button', { name: 'Save' }).click();
}

/** Rates every criterion of every element, in the order of the pages. */
async function rateAll(page, t, base, rating) {
  await page.goto(`${base}/review`);
  const elements = await page.locator('.govuk-task-list__link').evaluateAll(links => links.map(link => link.getAttribute('href')));
  for (const element of elements) {
    await visit(page, t, element);
    for (const one of await page.locator('.app-criterion').all()) {
      const radio = one.locator(`input[type=radio][value="${rating}"]`);
      if (await radio.count() === 0) continue;
      await radio.check();
      if (t.js) await saved(page, await one.getAttribute('id'));
    }
    await send(page, t, 'Save and go to the review');
  }
  await page.goto(`${base}/review`);
}

async function twoDisagree(page, t, base) {
  const [admin, first, second] = [await t.open('admin'), await t.open('reviewer'), await t.open('reviewer2')];
  await assign(t, admin, base, 'Marguerite', 'Tobias');
  await admin.getByText('First reviewer: Marguerite Ashdown-Bello (rating).').waitFor();
  await t.axe(admin);
  await first.goto(`${base}/review`);
  await first.getByRole('button', { name: 'Begin the review' }).click();
  await nothingIsRated(first, t, base);
  await rateAll(first, t, base, 4);
  await first.getByRole('button', { name: 'Submit my ratings' }).click();
  await first.getByText('Your ratings are in, and stay as they are').waitFor();
  const [rated, all] = (await first.locator('.app-progress').innerText()).match(/\d+/g);
  t.ok(rated === all && Number(all) > 50, `what was rated still shows: ${rated} of ${all}`);
  await first.goto(`${base}/review/clear-boundaries`);
  t.equal(await first.locator('input[type=radio]').count(), 0);
  await first.getByText('Your rating').first().waitFor();
  t.equal(await first.getByText('Not rated').count(), 0, 'nothing false is said of the other');
  await t.axe(first);
  await t.shot(first, 'ratings are in');

  await second.goto(`${base}/review/clear-boundaries`);
  t.equal(await second.locator('input[type=radio]:checked').count(), 0, 'the second sees nothing of the first');
  await rateAll(second, t, base, 2);
  await second.getByRole('button', { name: 'Submit my ratings' }).click();
  await second.getByText(/They differ on \d+ criteria/).waitFor();
  t.ok(await second.locator('.govuk-tag', { hasText: '2 levels apart' }).count() > 0, 'large differences are marked');
  await t.axe(second);
  await t.shot(second, 'where two differ');
  await second.goto(`${base}/review/clear-boundaries`);
  const one = second.locator('.app-criterion').first();
  for (const words of ['4 – In place', '2 – Early', 'Differ: settle below']) await one.getByText(words).first().waitFor();
  await t.axe(second);
  await t.shot(second, 'settle together');
  await againstTheOther(second, t, await one.getAttribute('id'));
}

/** Before anything is rated: how much is missing, no button, and no way round it. */
async function nothingIsRated(page, t, base) {
  await page.goto(`${base}/review`);
  await page.getByText(/You have not rated \d+ criteria yet/).waitFor();
  t.equal(await page.getByRole('button', { name: 'Submit my ratings' }).count(), 0);
  t.equal(await post(page, `${base}/review/ready`), 422);
  await page.goto(`${base}/moderation`);
  await page.getByText('Moderation begins once the ratings of both are in.').waitFor();
  t.equal(await page.getByText('Nothing to settle').count(), 0);
  await t.axe(page);
}

/** One's own rating is settled on with a reason only. */
async function againstTheOther(page, t, criterion) {
  t.allow(/status of 422/);
  if (t.js) await t.ready(page);
  await level(page, criterion, 2).check();
  const needed = section(page, criterion).getByText('another reviewer rated this 4 – In place');
  if (t.js) await needed.waitFor();
  else {
    await send(page, t, 'Save and go to the review');
    t.equal((await problems(page)).map(one => one.leads), [true]);
    await needed.waitFor();
  }
  await field(page, criterion, 'comment').fill('The log covers half the year.');
  if (t.js) await saved(page, criterion);
  await send(page, t, 'Save and go to the review');
}

/** Whoever reviews one that is under way, and that the journeys on two reviewers leave alone, at its page. */
async function ofReview(t) {
  for (const who of ['reviewer', 'reviewer2', 'reviewer3']) {
    const page = await t.open(who);
    await page.goto('/queue');
    const own = page.getByRole('row').filter({ hasText: 'In review' }).filter({ hasText: '(you)' })
      .filter({ hasNotText: /Ravelstoke|Oakenstrand/ });
    if (await own.count() === 0) continue;
    await own.first().getByRole('link').first().click();
    await page.getByRole('heading', { name: /^Review of/ }).waitFor();
    return page;
  }
  throw new Error('nobody reviews anything in the demonstration');
}

const SUBMITTED = { scripts: '/practices/ravelstoke/2026', plain: '/practices/oakenstrand/2026' };

export default [
  {
    name: 'two reviewers rate without seeing each other, and settle together where they differ',
    async run(page, t) { await twoDisagree(page, t, SUBMITTED.scripts); },
  },
  {
    name: 'two reviewers do the same without scripts',
    js: false,
    async run(page, t) { await twoDisagree(page, t, SUBMITTED.plain); },
  },
  {
    name: 'a reviewer rates by keyboard alone',
    async run(page, t) {
      const reviewer = await ofReview(t);
      const sheet = await reviewer.locator('.govuk-task-list__link').last().getAttribute('href');
      // the address may name a criterion, which then has the focus
      await reviewer.goto(sheet.split('#')[0]);
      await t.ready(reviewer);
      const sections = reviewer.locator('.app-criterion');
      const [one, two] = await Promise.all([0, 1].map(n => sections.nth(n).getAttribute('id')));
      const other = async id => await level(reviewer, id, 4).isChecked() ? 3 : 4;
      const [first, second] = [await other(one), await other(two)];
      // nothing has the focus: the first criterion is marked
      t.equal(await reviewer.evaluate(() => document.activeElement.tagName), 'BODY');
      t.equal(await reviewer.locator('.app-criterion[data-active]').getAttribute('id'), one);
      await reviewer.keyboard.press(String(first));
      await saved(reviewer, one);
      t.ok(await level(reviewer, one, first).isChecked(), 'a digit rates');
      await reviewer.keyboard.press('c');
      await reviewer.keyboard.type('Seen in 3 files.');
      await reviewer.keyboard.press('Escape');
      await reviewer.keyboard.press('n');
      await reviewer.keyboard.press(String(second));
      await saved(reviewer, two);
      t.ok(await level(reviewer, two, second).isChecked(), 'N goes on to the next');
      t.ok(await level(reviewer, one, first).isChecked(), 'a digit in a comment is text');
      t.equal(await reviewer.locator('.app-criterion[data-active]').getAttribute('id'), two);
      await t.shot(reviewer, 'by keyboard');
      // whoever does not want them switches them off, for the next page too
      await reviewer.getByLabel('Use these keys').uncheck();
      await section(reviewer, two).focus();
      await reviewer.keyboard.press(String(first));
      t.ok(await level(reviewer, two, second).isChecked(), 'switched off');
      await reviewer.reload();
      await t.ready(reviewer);
      t.ok(!await reviewer.getByLabel('Use these keys').isChecked(), 'still off');
      await reviewer.getByLabel('Use these keys').check();
    },
  },
  {
    name: 'levels stand open on the sheet and in moderation, also on a small screen',
    js: false,
    async run(page, t) {
      const reviewer = await t.open('reviewer3', { viewport: { width: 320, height: 640 } });
      for (const path of ['/practices/silverhithe/2026/review/small-caseloads', '/practices/silverhithe/2026/moderation']) {
        await reviewer.goto(path);
        const means = reviewer.locator('.app-criterion .govuk-radios__hint').first();
        t.ok(await means.isVisible() && (await means.innerText()).length > 10, path);
        t.ok(await reviewer.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} is not too wide`);
        await t.axe(reviewer);
        await t.shot(reviewer, path.split('/').pop());
      }
    },
  },
  {
    name: 'a conflict of interest is declared, counts at once, and an administrator lifts it',
    async run(page, t) {
      const reviewer = await t.open('reviewer2');
      await reviewer.goto('/conflicts');
      await reviewer.getByLabel('Practice').selectOption({ index: 1 });
      const name = (await reviewer.getByLabel('Practice').locator('option').nth(1).textContent()).trim();
      await reviewer.getByLabel('Why').fill('I worked with its lead for years.');
      await reviewer.getByRole('button', { name: 'Declare it' }).click();
      await reviewer.locator('.govuk-summary-list__key', { hasText: name }).waitFor();
      await t.axe(reviewer);
      await t.shot(reviewer, 'declared');
      const admin = await t.open('admin');
      await admin.goto('/conflicts');
      await admin.getByRole('button', { name: 'Lift' }).click();
      await admin.getByText('None is declared.').waitFor();
    },
  },
  {
    name: 'a finished assessment is taken up again, and the finished edition stays',
    async run(page, t) {
      const admin = await t.open('admin');
      await admin.goto('/practices/kestrelby/2026/review');
      await admin.getByRole('button', { name: 'Take the assessment up again' }).click();
      t.allow(/status of 422/);
      await admin.getByText('Say why the assessment is taken up again.').first().waitFor();
      await admin.getByLabel('Why it is taken up again').fill('Two files were mixed up.');
      await admin.getByRole('button', { name: 'Take the assessment up again' }).click();
      await admin.getByText('edition 2').waitFor();
      await t.shot(admin, 'editions');
      await admin.getByText('As it was finalised; taken up again since').waitFor();
      await admin.getByRole('link', { name: /^2026 under version 2026.1$/ }).click();
      await admin.getByText('This is edition 1 of the assessment').waitFor();
      await t.axe(admin);
    },
  },
  {
    name: 'administrators see how reviewers agree, by name',
    async run(page, t) {
      const admin = await t.open('admin');
      await admin.goto('/admin/agreement?cycle=2025');
      await admin.getByRole('heading', { name: 'Agreement of reviewers, 2025' }).waitFor();
      await admin.getByRole('rowheader').first().waitFor();
      await t.axe(admin);
      await t.shot(admin, 'agreement');
    },
  },
];
