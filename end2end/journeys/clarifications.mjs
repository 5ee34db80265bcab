// Questions on criteria and their answers: asked without returning the assessment, asked back, answered in two tabs at
// once, resolved; what is new to whom; what stands in the way of finalising; and the history that tells of it.
import { field, finalise, follow, main, post, press, problems, section, summary } from './steps.mjs';

const T = '/practices/twr-cwmwl/2026', M = '/practices/mistlebeck/2026';
const thread = (page, criterion) => section(page, criterion);
const state = (page, criterion) => thread(page, criterion).locator('.govuk-tag').first().innerText();
const act = (page, criterion, name) => follow(page, thread(page, criterion).getByRole('button', { name, exact: true }));
const fresh = (page, criterion) => thread(page, criterion).locator('.app-thread__new').count();
const both = journey => [{ ...journey }, { ...journey, name: `${journey.name}, without scripts`, js: false }];

/** From the review sheet to the form, which knows the criterion; an empty question is refused, a written one is sent. */
async function ask(t, reviewer, criterion) {
  await reviewer.goto(`${T}/review/small-caseloads`);
  await follow(reviewer, section(reviewer, criterion).getByRole('link', { name: 'Ask now' }));
  t.equal(await reviewer.locator('select[name=criterion]').inputValue(), criterion);
  await press(reviewer, 'Send the question');
  t.equal(await problems(reviewer), [{ says: 'Write your message.', leads: true }]);
  t.equal(await reviewer.locator('select[name=criterion]').inputValue(), criterion, 'the choice is kept');
  await reviewer.getByLabel('Your question').fill('Does **the figure** include the post that was vacant?');
  await press(reviewer, 'Send the question');
  t.equal(await state(reviewer, criterion), 'Awaiting the Practice');
  await thread(reviewer, criterion).getByText('Does **the figure** include the post', { exact: false }).waitFor();
  t.equal(await reviewer.locator(`select[name=criterion] option[value="${criterion}"]`).count(), 0, 'one thread a criterion');
  await t.axe(reviewer);
  await t.shot(reviewer, 'asked');
}

/** The lead is told at the door, beside the criterion and in the list; a guess of the browser reads nothing. */
async function find(t, lead, criterion) {
  const waits = /questions? to answer/;
  await lead.goto('/');
  await main(lead).locator('.govuk-task-list__item', { hasText: 'Tŵr Cwmwl' }).getByText(waits).waitFor();
  await lead.goto(T);
  await main(lead).locator('.govuk-task-list__item', { hasText: 'Small caseloads' }).getByText(waits).waitFor();
  await follow(lead, main(lead).getByRole('link', { name: 'Small caseloads' }));
  await section(lead, criterion).locator('.app-thread-short').getByText('the post that was vacant').waitFor();
  t.equal(await section(lead, criterion).locator('.app-thread__new').innerText(), 'New');
  await t.axe(lead);
  t.equal((await lead.request.get(`${T}/clarifications`, { headers: { 'Sec-Purpose': 'prefetch' } })).status(), 200);
  await follow(lead, section(lead, criterion).getByRole('link', { name: 'Read all and go on' }));
  t.equal(await fresh(lead, criterion), 1, 'fetching ahead does not count as reading');
  t.ok(new URL(lead.url()).hash === `#${criterion}`);
  await t.axe(lead);
  await t.shot(lead, 'to answer');
  await lead.goto(`${T}/clarifications`);
  t.equal(await fresh(lead, criterion), 0, 'what was shown is read');
  t.equal(await main(lead).getByText(/Review rating|Agreed rating/).count(), 0, 'nothing of the ratings');
}

/** Asked back and told; then two of the Practice answer at once, and the second reads the first before sending. */
async function answer(t, lead, reviewer, criterion) {
  t.allow(/status of 4(09|22)/);
  await field(lead, criterion, 'text').fill('Do you mean the one in spring?');
  await act(lead, criterion, 'Ask a question');
  t.equal(await state(lead, criterion), 'Waits for National Pause');
  await reviewer.goto('/queue');
  await reviewer.getByRole('row', { name: 'Tŵr Cwmwl' }).getByRole('link', { name: 'for you' }).waitFor();
  await reviewer.goto(`${T}/clarifications`);
  t.equal(await fresh(reviewer, criterion), 1);
  await field(reviewer, criterion, 'text').fill('Yes, from March to May.');
  await act(reviewer, criterion, 'Send');

  const tab = await t.open('lead.twr-cwmwl');
  for (const page of [lead, tab]) await page.goto(`${T}/clarifications`);
  await field(lead, criterion, 'text').fill('It does not. We left those months out.');
  await act(lead, criterion, 'Send answer');
  await field(tab, criterion, 'text').fill('It does not.\n</textarea><script>1</script>');
  await act(tab, criterion, 'Send answer');
  t.ok((await problems(tab))[0].says.startsWith('Somebody else has written here') && (await problems(tab))[0].leads);
  t.equal(await field(tab, criterion, 'text').inputValue(), 'It does not.\n</textarea><script>1</script>', 'what was typed stays');
  await thread(tab, criterion).getByText('We left those months out.').waitFor();
  await t.axe(tab);
  await act(tab, criterion, 'Send answer');
  t.equal(await state(tab, criterion), 'Answered');
}

/** A message is not lost to the other button; resolved, it is out of the way, and may be taken up again. */
async function resolve(t, reviewer, criterion) {
  await reviewer.goto(`${T}/clarifications`);
  await field(reviewer, criterion, 'text').fill('Thank you.');
  await act(reviewer, criterion, 'Mark as resolved');
  t.ok((await problems(reviewer))[0].says.startsWith('You have written a message.'));
  t.equal(await field(reviewer, criterion, 'text').inputValue(), 'Thank you.');
  await field(reviewer, criterion, 'text').fill('');
  await act(reviewer, criterion, 'Mark as resolved');
  t.equal(await state(reviewer, criterion), 'Resolved');
  await main(reviewer).getByRole('heading', { name: /^Settled/ }).waitFor();
  await thread(reviewer, criterion).getByText('Take this up again').waitFor();
  await t.shot(reviewer, 'resolved');
}

/** Who asked what on which criterion, by plain filters; never what was said. */
async function history(t, lead, criterion) {
  await lead.goto(`${T}/history`);
  await lead.getByLabel('What').selectOption('clarifications');
  await lead.getByLabel('Criterion').selectOption(criterion);
  await press(lead, 'Show');
  const rows = await main(lead).locator('tbody tr').allInnerTexts();
  const what = rows.map(words => words.split('\t').pop().split(':')[0]);
  t.equal(what, ['Question resolved', 'Question answered', 'Question answered', 'Question asked', 'Asked back', 'Question asked']);
  t.equal(await lead.getByLabel('Criterion').inputValue(), criterion, 'the filter stays');
  t.ok(!(await main(lead).innerText()).includes('vacant'));
  await t.axe(lead);
  await t.shot(lead, 'history');
}

export default [
  ...both({
    name: 'a clarification is asked, asked back, answered and resolved',
    async run(page, t) {
      t.allow(/status of 422/);
      const [reviewer, lead] = await Promise.all(['reviewer2', 'lead.twr-cwmwl'].map(who => t.open(who)));
      const criterion = t.js ? 'travel-counted' : 'planned-contact-offered';
      await ask(t, reviewer, criterion);
      await find(t, lead, criterion);
      await answer(t, lead, reviewer, criterion);
      await resolve(t, reviewer, criterion);
      await history(t, lead, criterion);
    },
  }),
  {
    name: 'a clarification stands in the way of finalising until it is settled',
    js: false,
    async run(page, t) {
      t.allow(/status of 4(09|22)/);
      const reviewer = await t.open('reviewer2');
      await reviewer.goto(`${M}/review`);
      await main(reviewer).getByText('Criteria that have an open question').waitFor();
      t.equal(await reviewer.getByRole('link', { name: 'Check and finalise' }).count(), 0);
      t.equal(await post(reviewer, `${M}/finalise`), 409);
      await reviewer.goto(`${M}/finalise`);
      await main(reviewer).getByText('1 question is open').waitFor();
      t.equal(await reviewer.getByRole('button', { name: 'Finalise', exact: true }).count(), 0);
      await reviewer.goto(`${M}/review`);
      await t.shot(reviewer, 'in the way');
      await follow(reviewer, main(reviewer).getByRole('link', { name: 'Clarifications' }));
      const open = main(reviewer).locator('h2', { hasText: 'Waiting for you' }).locator('~ section').first();
      const criterion = await open.getAttribute('id');
      await act(reviewer, criterion, 'Mark as resolved');
      t.equal(await state(reviewer, criterion), 'Resolved');
      await reviewer.goto(`${M}/review`);
      await finalise(reviewer, t);
      t.equal(await main(reviewer).locator('.govuk-tag').first().innerText(), 'Finalised');
      await reviewer.goto(`${M}/clarifications`);
      t.equal(await main(reviewer).locator('textarea').count(), 0);
      t.equal(await post(reviewer, `${M}/clarifications`, { act: 'ask', criterion, [`${criterion}.revision`]: '3', [`${criterion}.text`]: 'Late' }), 409);
      await reviewer.goto(`${M}/report`);
      await main(reviewer).getByText('Clarification: resolved').first().waitFor();
      await main(reviewer).getByText('Until when has the host agreed to this').waitFor();
      t.equal(await summary(reviewer).count(), 0);
    },
  },
];
