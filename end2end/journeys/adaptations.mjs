// A Practice does something differently: proposed, refused, changed, agreed, named in moderation – and over when the
// assessment comes in again. adaptations-plain.mjs goes the same way without scripts.
import { field, finalise, follow, level, main, post, press, problems, saved, section, send, summary, visit } from './steps.mjs';

const PRACTICE = '/practices/silverhithe', YEAR = `${PRACTICE}/2026`, REGISTER = `${PRACTICE}/adaptations`;
const CRITERION = 'case-discussion', TITLE = 'Case discussion every six weeks';
const LEAD = 'lead.silverhithe', REVIEWER = 'reviewer3';

/** A day so many days from now, as its three fields want it. */
const day = ahead => {
  const on = new Date(Date.now() + ahead * 86_400_000);
  return { day: on.getUTCDate(), month: on.getUTCMonth() + 1, year: on.getUTCFullYear() };
};

async function fillDay(page, name, ahead) {
  for (const [part, value] of Object.entries(day(ahead))) await page.locator(`[name="${name}-${part}"]`).fill(String(value));
}

/** A new entry: first all that is missing is named, with nothing lost, then it is taken. */
async function write(t, lead) {
  t.allow(/status of 4(04|09|22)/);
  await lead.goto(PRACTICE);
  await follow(lead, lead.getByRole('link', { name: 'Adaptations', exact: true }));
  await main(lead).getByText('Nothing is in the register yet.').waitFor();
  await follow(lead, lead.getByRole('link', { name: 'Add an adaptation' }));
  await lead.getByLabel('Title').fill(TITLE);
  await lead.getByLabel('What is done differently').fill('</textarea>We talk every *six weeks*, not every month.');
  await fillDay(lead, 'since', -300);
  await lead.locator('[name="until-day"]').fill('31');
  await lead.getByLabel('Staffing').check();
  await press(lead, 'Save');
  t.ok((await problems(lead)).length > 5 && (await problems(lead)).every(one => one.leads), 'every problem leads to its field');
  t.equal(await lead.getByLabel('Title').inputValue(), TITLE);
  t.equal(await lead.getByLabel('What is done differently').inputValue(), '</textarea>We talk every *six weeks*, not every month.');
  t.equal(await lead.locator('[name="until-day"]').inputValue(), '31');
  t.ok(await lead.getByLabel('Staffing').isChecked());
  await t.axe(lead);
  await t.shot(lead, 'form refused');

  // the criterion's part of the form is reached from the criterion
  await lead.goto(`${REGISTER}/new?criteria.${CRITERION}=yes`);
  t.ok(await lead.locator(`[name="criteria.${CRITERION}"]`).isChecked());
  await lead.getByLabel('Title').fill(TITLE);
  await lead.getByLabel('What is done differently').fill('We talk every *six weeks*, not every month.');
  await lead.getByLabel('Planned: decided before it began').check();
  await fillDay(lead, 'since', -300);
  await lead.getByLabel('Who made the decision').fill('Practice lead');
  await lead.getByLabel('Who it affects').selectOption('team');
  await lead.getByLabel('Staffing').check();
  await lead.getByLabel('Why, in your own words').fill('Two of us are part time.');
  await lead.getByLabel('We are not sure').check();
  await lead.getByLabel('What makes you think so').fill('We talk less often, and longer.');
  await press(lead, 'Save');
  await main(lead).getByText('Draft', { exact: true }).first().waitFor();
  return new URL(lead.url()).pathname;
}

const state = (page, words) => main(page).locator('.govuk-tag').first().filter({ hasText: words }).waitFor();

/** Nobody but the Practice sees a draft, and only the lead proposes it. */
async function propose(t, lead, others, at) {
  for (const page of others) t.equal((await page.goto(at)).status(), 404);
  await press(lead, 'Propose to National Pause');
  await state(lead, 'Waiting for a decision');
  t.equal(await main(lead).getByRole('link', { name: 'Change' }).count(), 0, 'what waits is not changed');
}

async function decide(t, reviewer, at, { ruling, reason, until }) {
  await reviewer.goto('/');
  await follow(reviewer, reviewer.getByRole('link', { name: 'Adaptations', exact: true }));
  await main(reviewer).getByText('Silverhithe; ').first().waitFor();
  await t.axe(reviewer);
  await t.shot(reviewer, 'waiting');
  await follow(reviewer, main(reviewer).getByRole('link', { name: TITLE }));
  await press(reviewer, 'Decide');
  t.equal((await problems(reviewer)).map(one => one.leads), [true, true], 'the decision and its reason are missing');
  await reviewer.getByLabel(ruling, { exact: true }).check();
  if (until !== undefined) await fillDay(reviewer, 'until', until);
  await reviewer.getByLabel('Why', { exact: true }).fill(reason);
  await t.axe(reviewer);
  await press(reviewer, 'Decide');
  if (until < 0) {
    // an end that is past is meant on purpose, for an assessment may rest on it
    t.equal((await problems(reviewer)).map(one => one.leads), [true]);
    t.equal(await reviewer.getByLabel('Why', { exact: true }).inputValue(), reason);
    await t.axe(reviewer);
    await reviewer.getByLabel('Yes, it is over already').check();
    await press(reviewer, 'Decide');
  }
  t.equal(await main(reviewer).getByRole('button', { name: 'Decide' }).count(), 0);
}

/** Two at National Pause decide on the same page: the second is told, and nothing of the first is lost. */
async function decideLate(t, late, at) {
  const revision = await late.locator('[name="revision"]').first().inputValue();
  const form = { step: 'decide', ruling: 'refused', reason: 'Too late', revision };
  t.equal(await post(late, at, form), 422);
  await late.goto(at);
  t.ok(!(await main(late).innerText()).includes('Too late'));
}

/** The reason is read, the proposal changed and put forward again; the decision stays to be read. */
async function proposeAgain(t, lead, at) {
  await lead.goto('/notices');
  await main(lead).getByText('National Pause has decided on an adaptation').first().waitFor();
  await lead.goto(at);
  await state(lead, 'Not agreed');
  await main(lead).getByText('Name a day on which it ends.').waitFor();
  await follow(lead, lead.getByRole('link', { name: 'Change it and propose it again' }));
  await fillDay(lead, 'until', -20);
  await press(lead, 'Save');
  await press(lead, 'Propose to National Pause');
  await state(lead, 'Waiting for a decision');
  await main(lead).getByText('Earlier proposals and decisions').waitFor();
}

/** What a criterion is put down to: the chosen option's words. */
const putDown = (page, criterion) => field(page, criterion, 'class').locator('option:checked').innerText();
const offered = (page, criterion) => field(page, criterion, 'class').locator('option').allInnerTexts();

/** In force on the day of submission, though over by now: it is offered where it covers, and nowhere else. */
async function nameIt(t, reviewer, at) {
  await reviewer.goto(`${YEAR}/review/skilled-practitioners`);
  await section(reviewer, CRITERION).getByText(TITLE).waitFor();
  await visit(reviewer, t, `${YEAR}/moderation`);
  t.ok((await offered(reviewer, CRITERION)).some(words => words.endsWith(TITLE)));
  t.ok(!(await offered(reviewer, 'planned-contact-offered')).some(words => words.includes(TITLE)));
  await field(reviewer, CRITERION, 'class').selectOption(at.split('/').pop());
  if (t.js) await saved(reviewer, CRITERION);
  await t.axe(reviewer);
  await t.shot(reviewer, 'moderation');
  await send(reviewer, t, 'Save and go to the review');
  // without an entry of the register no new agreement is taken
  const before = await count(reviewer);
  t.equal(before.below.consistent, 1);
  t.equal(before.register.in_force.map(one => one.title), [TITLE]);
  await visit(reviewer, t, `${YEAR}/moderation`);
  const form = await reviewer.locator('form.app-form').evaluate((form, criterion) => Object.fromEntries(
    [...new FormData(form)].filter(([name]) => name.startsWith(`${criterion}.`))), 'planned-contact-offered');
  t.equal(await post(reviewer, `${YEAR}/moderation`, { ...form, 'planned-contact-offered.class': 'consistent' }), 422);
  return before;
}

/** The report as a file, with the figures that the page shows. */
async function count(page) {
  const reply = await page.request.get(`${YEAR}/report/report.json`);
  return reply.json();
}

/** Back to the Practice and in again today: by now it is over, and explains nothing. */
async function comesInAgain(t, reviewer, lead) {
  await reviewer.goto(`${YEAR}/review`);
  await reviewer.getByLabel('Note to the Practice').fill('Please look at the discussions again.');
  await press(reviewer, 'Return to the Practice');
  t.equal(await post(lead, `${YEAR}/submit`, { declaration: 'yes' }), 303);
  await reviewer.goto(`${YEAR}/review`);
  await press(reviewer, 'Begin the review');
  await visit(reviewer, t, `${YEAR}/moderation`);
  t.ok((await putDown(reviewer, CRITERION)).includes('not in force that day: counts as not yet explained'));
  await section(reviewer, CRITERION).getByText(/over on/).waitFor();
}

/** Every difference is settled at the reviewer's level and everything low is put down to something, in one form. */
async function settleAll(t, plain) {
  await plain.goto(`${YEAR}/moderation`);
  for (const radio of await plain.locator('section.app-criterion').all()) {
    const criterion = await radio.getAttribute('id');
    const review = (await radio.locator('.app-facts__row', { hasText: 'Review rating' }).first().innerText()).match(/\d/)[0];
    if (await level(plain, criterion, review).count()) await level(plain, criterion, review).check();
    const choice = field(plain, criterion, 'class');
    if (await choice.count() && (criterion === CRITERION || !await choice.inputValue())) await choice.selectOption('unexplained');
  }
  await follow(plain, plain.getByRole('button', { name: 'Save and go to the review' }));
  // the demonstration's question is answered and done with
  await plain.goto(`${YEAR}/clarifications`);
  await press(plain, 'Mark as resolved');
  await plain.goto(`${YEAR}/review`);
  await press(plain, 'Complete moderation');
  await finalise(plain);
  await main(plain).locator('.govuk-tag').first().filter({ hasText: 'Finalised' }).waitFor();
}

/** What the report says: the register as it stood, and that what is over explains nothing. */
async function theReportSays(t, page, before) {
  const after = await count(page);
  t.equal(after.register.expired.map(one => one.title), [TITLE]);
  t.equal(after.register.in_force, []);
  t.equal(after.below.consistent, 0);
  t.equal(after.below.unexplained >= 1, true);
  const total = split => split.consistent + split.not_consistent + split.unplanned + split.unexplained;
  t.equal(total(after.below), after.criteria.filter(one => one.used !== null && one.used < 4).length);
  t.ok(before.below.consistent === 1);
  await page.goto(`${YEAR}/report`);
  await main(page).getByRole('heading', { name: 'Adaptation or drift' }).waitFor();
  await main(page).getByText('Over: explains nothing').waitFor();
  await t.axe(page);
  await t.shot(page, 'report');
  const csv = await (await page.request.get(`${YEAR}/report/report.csv`)).text();
  const row = csv.split('\nSilverhithe,').find(row => row.includes(`,${CRITERION},`));
  t.ok(row.includes(TITLE) && row.includes('Not yet explained'), row);
}

export async function run(page, t) {
  const [lead, reviewer, late, reader, plain] = await Promise.all([
    t.open(LEAD), t.open(REVIEWER), t.open('reviewer2'), t.open('reader'), t.open(REVIEWER, { javaScriptEnabled: false }),
  ]);
  const at = await write(t, lead);
  await propose(t, lead, [reviewer, reader], at);
  await late.goto(at);
  await decide(t, reviewer, at, { ruling: 'Not agreed', reason: 'Name a day on which it ends.' });
  await decideLate(t, late, at);
  await t.shot(reviewer, 'refused');
  await proposeAgain(t, lead, at);
  await decide(t, reviewer, at, { ruling: 'Agreed, consistent with the framework', reason: 'Thank you. It ends in time.', until: -20 });
  await lead.goto(REGISTER);
  await main(lead).getByRole('heading', { name: 'Over' }).waitFor();
  await t.axe(lead);
  await lead.goto(at);
  await t.axe(lead);
  await t.shot(lead, 'agreed');
  const before = await nameIt(t, reviewer, at);
  await comesInAgain(t, reviewer, lead);
  await settleAll(t, plain);
  await theReportSays(t, lead, before);
  t.equal(await summary(lead).count(), 0);
}

export default [{ name: 'an adaptation is refused, changed, agreed, named and over', run }];
