// Bad input of every kind: each form says what is wrong beside the field and on top, with a link, and keeps what was typed.
import { PRACTICE, elements, field, level, main, post, press, problems, saved, section, send, summary, visit } from './steps.mjs';

const COUNTED = `${PRACTICE}/elements/small-caseloads`;
const LONG = 'ä'.repeat(10_001);
const both = journey => [{ ...journey }, { ...journey, name: `${journey.name}, without scripts`, js: false }];

/** Fills a form in, sends it, and expects it back with these problems, each linked to its field, and all values kept. */
async function refused(t, page, button, values, says) {
  t.allow(/status of 422/);
  for (const [label, value] of Object.entries(values)) {
    const box = main(page).getByLabel(label, { exact: true });
    if (await box.evaluate(one => one.tagName) === 'SELECT') await box.selectOption(value); else await box.fill(value);
  }
  await press(page, button);
  t.equal(await problems(page), says.map(words => ({ says: words, leads: true })));
  for (const words of says) await main(page).locator('.govuk-error-message', { hasText: words }).waitFor();
  for (const [label, value] of Object.entries(values)) {
    const box = main(page).getByLabel(label, { exact: true });
    const kept = await box.getAttribute('type') === 'password' ? '' : value;
    t.equal([label, await box.inputValue()], [label, kept], 'what was typed is kept, a password is not sent back');
  }
  await summary(page).getByRole('link').first().click();
  t.ok(await page.evaluate(() => document.activeElement.matches('input, select, textarea')), 'the link leads into the field');
}

const WRONG = 'The e-mail address or the password is wrong. Check both and try again.';

export default [
  ...both({
    name: 'signing in with nothing, with a wrong password, as nobody, or too often',
    async run(page, t) {
      await page.goto('/sign-in');
      await refused(t, page, 'Sign in', { 'E-mail address': '', Password: '' }, [WRONG]);
      await refused(t, page, 'Sign in', { 'E-mail address': 'lead@demo.example', Password: 'wrong' }, [WRONG]);
      await refused(t, page, 'Sign in', { 'E-mail address': `nobody.${t.js}@demo.example`, Password: 'x'.repeat(5000) }, [WRONG]);
      const tries = [];
      for (let i = 0; i < 10; i++) tries.push(await post(page, '/sign-in', { email: `nobody.${t.js}@demo.example`, password: 'x' }));
      t.equal(tries.at(-1), 429, `${tries}`);
    },
  }),
  ...both({
    name: 'a number that is none, one out of range, and a text too long',
    async run(page, t) {
      t.allow(/status of 422/);
      const lead = await t.open('lead');
      await visit(lead, t, COUNTED);
      const measure = lead.locator('input[name$=".measure"]').first();
      const criterion = (await measure.getAttribute('name')).split('.')[0];
      const message = section(lead, criterion).locator('.govuk-error-message');
      const refusedAt = async (name, value, words) => {
        await field(lead, criterion, name).fill(value);
        await field(lead, criterion, name).blur();
        await send(lead, t, 'Save and continue');
        await message.filter({ hasText: words }).waitFor();
        t.equal(await field(lead, criterion, name).inputValue(), value, 'what was typed stays');
        const described = await field(lead, criterion, name).getAttribute('aria-describedby');
        t.ok((await message.getAttribute('id')).includes(described.split(' ').at(-1)), 'the message belongs to the field');
        if (!t.js) t.equal(await problems(lead), [{ says: await message.evaluate(one => one.lastChild.textContent), leads: true }]);
      };
      const before = await measure.inputValue();
      await refusedAt('measure', 'abc', 'Enter a number with a point before decimals, such as 8 or 7.5');
      await refusedAt('measure', '-1', 'Enter a number from 0 to');
      await refusedAt('measure', '99999', 'Enter a number from 0 to');
      await refusedAt('measure', 'NaN', 'Enter a number from 0 to');
      await t.axe(lead);
      if (!t.js) await t.shot(lead, 'refused number');
      await measure.fill(before);
      await refusedAt('comment', LONG, 'The text has 10001 characters; the most is 10000. Shorten it.');
      await field(lead, criterion, 'comment').fill(LONG.slice(1));
      await field(lead, criterion, 'comment').blur();
      if (t.js) await saved(lead, criterion); else await send(lead, t, 'Save and go to');
      await lead.goto(COUNTED);
      t.equal((await field(lead, criterion, 'comment').inputValue()).length, 10_000);
    },
  }),
  ...both({
    name: 'not applicable without a reason stands in the way of submitting',
    async run(page, t) {
      t.allow(/status of 422/);
      const lead = await t.open('lead');
      let criterion;
      for (const element of await elements(lead)) {
        await visit(lead, t, `${PRACTICE}/elements/${element}`);
        const choice = lead.locator('input[type=radio][value=na]').first();
        if (await choice.count() === 0) continue;
        criterion = (await choice.getAttribute('name')).split('.')[0];
        break;
      }
      t.ok(criterion, 'some criterion may not apply');
      await level(lead, criterion, 'na').check();
      await field(lead, criterion, 'reason').fill('');
      if (t.js && await section(lead, criterion).locator('.app-save-state').getAttribute('data-state') !== 'untouched') await saved(lead, criterion);
      await send(lead, t, 'Save and go to');
      await lead.goto(`${PRACTICE}/check`);
      await main(lead).getByText(/not applicable, but no reason given/).first().waitFor();
      await lead.getByLabel(/I have read these answers/).check();
      await press(lead, 'Submit');
      const found = await problems(lead);
      t.ok(found.some(one => one.says.includes('not applicable, but no reason given')) && found.every(one => one.leads), JSON.stringify(found));
      await lead.goto(PRACTICE);
      t.equal(await main(lead).locator('.govuk-tag').first().innerText(), 'Draft');
    },
  }),
  ...both({
    name: 'returning an assessment without saying why, and moving it on too early',
    async run(page, t) {
      t.allow(/status of 4(22|09|00)/);
      const reviewer = await t.open('reviewer2');
      const review = '/practices/twr-cwmwl/2026/review';
      await reviewer.goto(review);
      await reviewer.getByLabel('Note to the Practice').fill(LONG);
      await press(reviewer, 'Return to the Practice');
      t.equal(await problems(reviewer), [{ says: 'The text has 10001 characters; the most is 10000. Shorten it.', leads: true }]);
      t.equal(await reviewer.getByLabel('Note to the Practice').inputValue(), LONG);
      await reviewer.goto(review);
      await press(reviewer, 'Return to the Practice');
      t.ok((await problems(reviewer))[0].says.startsWith('Ask a question on at least one criterion, or write a note'));
      t.equal(await post(reviewer, review, { action: 'moderate' }), 422);
      t.equal(await post(reviewer, review.replace(/review$/, 'finalise')), 409);
      t.equal(await post(reviewer, review, { action: 'nonsense' }), 400);
      t.equal(await post(reviewer, review, {}), 400);
    },
  }),
  ...both({
    name: 'inviting, adding a Practice and opening a cycle with bad values',
    async run(page, t) {
      const admin = await t.open('admin');
      await admin.goto('/admin/people');
      await refused(t, admin, 'Create invitation', { 'E-mail address': 'no address', Role: 'lead', Practice: '' },
        ['Enter an e-mail address, such as name@example.org.', 'Choose the Practice for this role.']);
      await refused(t, admin, 'Create invitation', { 'E-mail address': 'reader@demo.example', Role: 'reader', Practice: 'quillbridge' },
        [await refusal(admin, '/admin/people/invite', { email: 'reader@demo.example', role: 'reader', practice: 'quillbridge' })]);
      await admin.goto('/admin/practices');
      await refused(t, admin, 'Add Practice', { Name: '', 'Short name for addresses': 'Not A Slug', Region: 'Wales' },
        ['Use small letters, digits and single hyphens, such as north-vale.', 'Enter the Practice’s name, at most 100 characters.']);
      await refused(t, admin, 'Add Practice', { Name: 'Quillbridge again', 'Short name for addresses': 'quillbridge', Region: 'Wales' },
        [await refusal(admin, '/admin/practices', { name: 'Quillbridge again', slug: 'quillbridge', region: 'Wales' })]);
      await admin.goto('/admin/cycles');
      await refused(t, admin, 'Open cycle', { Year: 'next year' }, ['Enter a year, such as 2026, or 2026-27.']);
      await refused(t, admin, 'Open cycle', { Year: '2026' }, ['The cycle 2026 is open already.']);
      t.equal(await post(admin, '/admin/people/withdraw', { id: 'nonsense' }), 404);
      t.equal(await post(admin, '/admin/cycles/close', { cycle: '1999' }), 404);
    },
  }),
  ...both({
    name: 'an invitation with a weak password, used, and used twice',
    async run(page, t) {
      t.allow(/status of 4(22|04)/);
      const admin = await t.open('admin');
      const email = `new.${t.js}@demo.example`;
      await admin.goto('/admin/people');
      await admin.getByLabel('E-mail address').fill(email);
      await admin.getByLabel('Role').selectOption('contributor');
      await admin.getByLabel('Practice', { exact: true }).selectOption('quillbridge');
      await press(admin, 'Create invitation');
      const link = new URL(await admin.locator('code').innerText()).pathname;
      await page.goto(link);
      await t.shot(page, 'invitation');
      await refused(t, page, 'Accept', { 'Your name': '', 'Choose a password': 'short' },
        ['Enter your name, at most 100 characters.', 'Use at least 12 characters. Three or four words in a row are easy to remember.']);
      await page.getByLabel('Your name').fill('Newly Invited');
      await page.getByLabel('Choose a password').fill('four words in a row');
      await press(page, 'Accept');
      await main(page).getByRole('heading', { name: 'Hello, Newly Invited' }).waitFor();
      t.equal((await admin.goto(link)).status(), 404);
      t.equal(await post(admin, link, { name: 'Again', password: 'four words in a row' }), 404);

      await page.goto('/account');
      await refused(t, page, 'Change password', { 'Current password': 'not mine', 'New password': 'short' },
        ['This is not your current password.', 'Use at least 12 characters. Three or four words in a row are easy to remember.']);
      await page.getByLabel('Current password').fill('four words in a row');
      await page.getByLabel('New password').fill('five quite different words');
      await press(page, 'Change password');
      await main(page).getByText('Your password is changed.').waitFor();
    },
  }),
  {
    name: 'addresses and forms that make no sense',
    async run(page, t) {
      t.allow(/status of 404/);
      const lead = await t.open('lead');
      const paths = ['/nothing', '/practices/Quillbridge', '/practices/quillbridge/1999', `${PRACTICE}/elements/nothing`,
        `${PRACTICE}/report/report.exe`, '/frameworks/9999.9', '/frameworks/2025.1/changes', '/invitation/nothing', '/practices/%2e%2e/2026'];
      for (const path of paths) t.equal([path, (await lead.goto(path)).status()], [path, 404]);
      t.equal(await post(lead, COUNTED, { 'caseload-ceiling.revision': 'x', 'caseload-ceiling.rating': '9' }), 422);
      t.equal((await lead.request.post(COUNTED, { headers: { 'content-type': 'text/plain' }, data: 'x' })).status(), 400);
      t.equal((await lead.request.post(COUNTED, { form: { 'caseload-ceiling.comment': 'x'.repeat(5 * 1024 * 1024) } })).status(), 413);
    },
  },
];

/** What a form says when it is sent past the page. */
async function refusal(page, path, values) {
  const reply = await page.request.post(path, { form: values });
  return (await reply.text()).match(/govuk-error-message"><span[^>]*>Error: <\/span>([^<]+)</)[1].replaceAll('&#39;', "'");
}
