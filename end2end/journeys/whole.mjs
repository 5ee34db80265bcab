// One assessment from the first answer to the final report, as the people of both sides go through it. whole-plain.mjs
// goes the same way without scripts.
import { PRACTICE, elements, facts, field, fillElement, finalise, follow, level, main, post, press, problems, reviewElement, saved, section, send, visit } from './steps.mjs';

const expectStatus = (page, words) => main(page).locator('.govuk-tag').first().filter({ hasText: words }).waitFor();
const step = (page, action, values = {}) => post(page, `${PRACTICE}/review`, { action, ...values });

/** The lead and two colleagues, each in an own browser, answer what is left, at the same time. */
async function fillTogether(t, lead, contributor, colleague) {
  const answered = await Promise.all([
    fillElement(lead, t, 'transitions-and-next-steps'),
    fillElement(contributor, t, 'clear-boundaries', criterion => criterion === 'no-parenting-assessments' ? 5 : 4),
    fillElement(colleague, t, 'partner-agencies', () => 3),
  ]);
  t.ok(answered.every(those => those.length > 3), `answered ${answered.map(those => those.length)}`);
  if (t.js) {
    for (const page of [lead, contributor, colleague]) {
      const words = await page.locator('[data-progress]').innerText();
      const [done, all] = words.match(/\d+/g);
      t.equal(done, all, `the progress follows: ${words}`);
    }
  }
  await fillElement(contributor, t, 'governance-and-national-support');
}

/** A contributor sees what is left and cannot submit, by any door. */
async function onlyTheLeadSubmits(t, page) {
  await page.goto(`${PRACTICE}/check`);
  await main(page).getByText('Only the Practice lead can submit').waitFor();
  t.equal(await page.getByRole('button', { name: 'Submit' }).count(), 0);
  t.equal(await post(page, `${PRACTICE}/submit`, { declaration: 'yes' }), 409);
}

/** The page before submitting names what is missing, leads there, and takes the declaration. */
async function checkAndSubmit(t, lead) {
  t.allow(/status of 422/);
  await lead.goto(`${PRACTICE}/check`);
  await main(lead).getByText('1 thing is left to put right before you can submit.').waitFor();
  await press(lead, 'Submit');
  t.equal((await problems(lead)).map(one => one.leads), [true, true], 'the missing answer and the declaration');
  const missing = main(lead).locator('h2', { hasText: 'Before you can submit' }).locator('+ ul').getByRole('link');
  await missing.click();
  const criterion = new URL(lead.url()).hash.slice(1);
  if (t.js) await t.ready(lead);
  await level(lead, criterion, 4).check();
  if (t.js) await saved(lead, criterion);
  await send(lead, t, 'Save and continue');
  await lead.goto(`${PRACTICE}/check`);
  await main(lead).getByText('Everything is answered.').waitFor();
  await lead.getByLabel(/I have read these answers/).check();
  await press(lead, 'Submit');
  await expectStatus(lead, 'Submitted');
}

/** Rates all criteria, most as the Practice did, asks one question and sends the assessment back with a note. */
async function reviewAndReturn(t, reviewer, all) {
  await reviewer.goto('/queue');
  await reviewer.getByRole('link', { name: 'Quillbridge' }).click();
  await press(reviewer, 'Begin the review');
  for (const element of all) await reviewElement(reviewer, t, PRACTICE, element, { 'no-parenting-assessments': 3, 'engagement-phase': 3 });
  await visit(reviewer, t, `${PRACTICE}/review/clear-boundaries`);
  await field(reviewer, 'no-parenting-assessments', 'question').fill('Who told the court team, and when?');
  if (t.js) await saved(reviewer, 'no-parenting-assessments');
  await send(reviewer, t, 'Save and go to the review');
  await reviewer.goto(`${PRACTICE}/review`);
  await main(reviewer).getByText('58 of 58 rated', { exact: true }).waitFor();
  await main(reviewer).getByText('2 open differences between self-rating and review.').waitFor();
  await reviewer.getByLabel('Note to the Practice').fill('Nearly there. One question.');
  await press(reviewer, 'Return to the Practice');
  await expectStatus(reviewer, 'Returned');
}

/** The lead finds the question beside its criterion, changes the answer, answers the question and submits again. */
async function answerAndSubmitAgain(t, lead) {
  await lead.goto(PRACTICE);
  await main(lead).getByText('The reviewer has sent this back.').waitFor();
  await main(lead).getByText('1 question to answer').first().waitFor();
  await main(lead).getByRole('link', { name: 'Clear boundaries' }).click();
  if (t.js) await t.ready(lead);
  await section(lead, 'no-parenting-assessments').getByText('Who told the court team, and when?').waitFor();
  await field(lead, 'no-parenting-assessments', 'comment').fill('The lead did, in May, by letter.');
  if (t.js) await saved(lead, 'no-parenting-assessments');
  await send(lead, t, 'Save and go to the task list');
  await lead.goto(`${PRACTICE}/clarifications`);
  await field(lead, 'no-parenting-assessments', 'text').fill('The team manager knew it from the board.');
  await press(lead, 'Send answer');
  await lead.goto(`${PRACTICE}/check`);
  await lead.getByLabel(/I have read these answers/).check();
  await press(lead, 'Submit');
  await expectStatus(lead, 'Submitted');
}

/** The second look, the settling of both differences with what they are put down to, and the end. */
async function moderateAndFinalise(t, reviewer, lead) {
  t.allow(/status of 4(09|22)/);
  await reviewer.goto(`${PRACTICE}/review`);
  await press(reviewer, 'Begin the review');
  await reviewer.goto(`${PRACTICE}/review/clear-boundaries`);
  await section(reviewer, 'no-parenting-assessments').getByText('The lead did, in May, by letter.').waitFor();
  await reviewer.goto(`${PRACTICE}/review`);
  await main(reviewer).getByText('2 open differences').waitFor();
  t.equal(await reviewer.getByRole('button', { name: 'Complete moderation' }).count(), 0, 'open differences are in the way');
  t.equal(await step(reviewer, 'moderate'), 422);
  await visit(reviewer, t, `${PRACTICE}/moderation`);
  t.equal(await section(reviewer, 'no-parenting-assessments').locator('.govuk-tag').innerText(), '2 levels apart');
  for (const [criterion, agreed] of [['no-parenting-assessments', 4], ['engagement-phase', 3]]) {
    await field(reviewer, criterion, 'comment').fill(`Agreed on ${agreed} by telephone.`);
    await level(reviewer, criterion, agreed).check();
    if (t.js) await saved(reviewer, criterion);
  }
  await field(reviewer, 'engagement-phase', 'class').selectOption('unplanned');
  await putDownTheOthers(t, reviewer);
  if (t.js) await main(reviewer).getByText('Every difference is settled and every low rating explained').waitFor();
  if (t.js) await saved(reviewer, 'engagement-phase');
  await send(reviewer, t, 'Save and go to the review');
  await reviewer.goto(`${PRACTICE}/review`);
  await press(reviewer, 'Complete moderation');
  await expectStatus(reviewer, 'Moderated');
  t.equal(await reviewer.getByRole('link', { name: 'Check and finalise' }).count(), 0, 'a question is open');
  t.equal(await post(reviewer, `${PRACTICE}/finalise`), 409);
  await makeStatement(t, lead);
  await reviewer.goto(`${PRACTICE}/clarifications`);
  await press(reviewer, 'Mark as resolved');
  await reviewer.goto(`${PRACTICE}/review`);
  await main(reviewer).getByText('The ratings are fair, the word drift is not.').waitFor();
  await finalise(reviewer, t);
  await expectStatus(reviewer, 'Finalised');
}

/** The lead is told, reads the agreed ratings, says first nothing, then why the Practice does not agree. */
async function makeStatement(t, lead) {
  await lead.goto('/notices');
  await follow(lead, main(lead).getByRole('link', { name: /you may make a statement on them/ }).first());
  await main(lead).getByRole('heading', { name: 'Statement on the agreed ratings' }).waitFor();
  await main(lead).getByText('Agreed on 4 by telephone.').waitFor();
  await lead.getByLabel('The Practice does not agree with the ratings').check();
  await press(lead, 'Save the statement');
  t.equal((await problems(lead)).map(one => one.leads), [true], 'dissent needs words');
  await lead.getByLabel('In the Practice’s own words').fill('The ratings are fair, the word drift is not.');
  await press(lead, 'Save the statement');
  await main(lead).locator('.govuk-inset-text', { hasText: 'The ratings are fair' }).waitFor();
  await t.axe(lead);
  await t.shot(lead, 'statement');
}

/** Everything else that is below 4, or lower than last time, is not yet explained. */
async function putDownTheOthers(t, reviewer) {
  const names = await main(reviewer).locator('select[name$=".class"]').evaluateAll(all => all.filter(one => !one.value).map(one => one.name));
  t.ok(names.length > 6, `${names.length} to put down`);
  for (const name of names) {
    const criterion = name.split('.')[0];
    await field(reviewer, criterion, 'class').selectOption('unexplained');
    if (t.js) await saved(reviewer, criterion);
  }
}

/** Nobody changes anything any more, and all see the same end. */
async function nothingChangesAnyMore(t, lead, contributor, reviewer) {
  const answer = { 'engagement-phase.revision': '1', 'engagement-phase.base': '', 'engagement-phase.rating': '5' };
  for (const page of [lead, contributor]) {
    await page.goto(`${PRACTICE}/elements/transitions-and-next-steps`);
    t.equal(await page.locator('input[type=radio], textarea').count(), 0);
    t.equal(await post(page, `${PRACTICE}/elements/transitions-and-next-steps`, answer), 409);
  }
  t.equal(await post(lead, `${PRACTICE}/submit`, { declaration: 'yes' }), 409);
  await reviewer.goto(`${PRACTICE}/review/transitions-and-next-steps`);
  t.equal(await reviewer.locator('input[type=radio], textarea').count(), 0);
  t.equal(await post(reviewer, `${PRACTICE}/review/transitions-and-next-steps`, answer), 409);
  t.equal(await post(reviewer, `${PRACTICE}/moderation`, { ...answer, 'engagement-phase.comment': 'Changed' }), 409);
  t.equal(await post(reviewer, `${PRACTICE}/finalise`), 409);
  t.equal(await post(lead, `${PRACTICE}/statement`, { stance: 'agrees', seen: '1' }), 409);
  for (const action of ['begin_review', 'return', 'moderate', 'finalise']) t.ok([400, 409].includes(await step(reviewer, action, { note: 'x' })), action);

  await lead.goto('/practices/quillbridge');
  const row = main(lead).locator('.govuk-task-list__item', { hasText: '2026 under version' });
  t.equal(await row.locator('.govuk-tag').innerText(), 'Finalised');
  await lead.goto(`${PRACTICE}/elements/clear-boundaries`);
  t.equal((await facts(lead, 'Agreed rating'))['no-parenting-assessments'], '4 – In place');
  await row.page().goto(`${PRACTICE}/report`);
  const report = await main(lead).innerText();
  for (const text of ['The ratings are fair, the word drift is not.', 'Agreed on 4 by telephone.', 'Unplanned drift', 'The lead did, in May, by letter.', 'Who told the court team, and when?', 'The team manager knew it from the board.']) t.ok(report.includes(text), `${text} in the report`);

  await lead.goto(`${PRACTICE}/history`);
  const moves = (await main(lead).locator('tbody tr').allInnerTexts()).filter(words => words.includes('→'));
  t.equal(moves.reverse().map(words => words.split('\t').pop().split('\n')[0]), ['Draft → Submitted', 'Submitted → In review', 'In review → Returned',
    'Returned → Submitted', 'Submitted → In review', 'In review → Moderated', 'Moderated → Finalised']);
  t.ok((await main(lead).innerText()).includes('Nearly there. One question.'), 'the note is in the history');
}

export async function run(page, t) {
  const [lead, contributor, colleague, reviewer] = await Promise.all(['lead', 'contributor', 'colleague', 'reviewer'].map(who => t.open(who)));
  const all = await elements(lead);
  await fillTogether(t, lead, contributor, colleague);
  await onlyTheLeadSubmits(t, contributor);
  await checkAndSubmit(t, lead);
  await reviewAndReturn(t, reviewer, all);
  await answerAndSubmitAgain(t, lead);
  await moderateAndFinalise(t, reviewer, lead);
  await nothingChangesAnyMore(t, lead, contributor, reviewer);
}

export default [{ name: 'a whole assessment, from three people at once to the final report', run }];
