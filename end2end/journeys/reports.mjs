// Reports as people get them: fetched through their page, their text held against what the database says.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { main } from './steps.mjs';

/** Presses a link of a report's page and gives the path of the file that comes. */
async function download(page, name) {
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name, exact: true }).click();
  const file = await coming;
  return { path: await file.path(), name: file.suggestedFilename() };
}

/** Letters and digits only: a page breaks lines, hyphenates and sets bullets. */
const bare = text => text.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '');

const pages = path => execFileSync('pdftotext', ['-raw', path, '-'], { maxBuffer: 64 << 20 }).toString().split('\f');

/** A PDF's text without the lines that run along the foot and head of each page. */
function textOf(path) {
  execFileSync('qpdf', ['--check', path], { stdio: 'pipe' });
  return pages(path).map(page => {
    const lines = page.trimEnd().split('\n');
    const running = / · version \S+( {1,}Page \d+ of \d+)?$/.test(lines.at(-1)) ? 2 : 0;
    return lines.slice(0, lines.length - running).join('\n');
  }).join('\n');
}

const json = path => JSON.parse(readFileSync(path, 'utf8'));
const oneDecimal = score => (Math.trunc(score * 10 + 1e-9) / 10).toFixed(1);

export default [
  {
    name: 'the national report as PDF says what the database says',
    async run(page, t) {
      const reviewer = await t.open('reviewer');
      await reviewer.goto('/reports');
      await reviewer.getByRole('link', { name: '2026 under version 2026.1' }).click();
      const pdf = await download(reviewer, 'Download as PDF');
      t.equal(pdf.name, 'national-2026.pdf');
      const text = textOf(pdf.path), words = text.replace(/\s+/g, ' '), letters = bare(text);
      const report = json((await download(reviewer, 'Download as JSON')).path);
      const stored = JSON.parse(t.command('export', 'assessments', '--cycle', '2026', '--format', 'json'));

      t.equal(report.practices.map(one => one.practice).sort(), stored.map(one => one.practice.slug).sort(), 'every finished assessment counts');
      t.ok(report.practices.length > 10);
      const html = await main(reviewer).innerText();
      for (const { name, overall } of report.practices) {
        const row = `${name} ${oneDecimal(overall.score)}`;
        t.ok(words.includes(row), `“${row}” in the PDF`);
        t.ok(html.replace(/\s+/g, ' ').includes(row), `“${row}” on the page`);
      }
      const own = pages(pdf.path), begins = report.practices.map(({ name }) => own.findIndex(page => `\n${page}`.includes(`\n${name}\nThe`)));
      t.ok(begins[0] > 0);
      t.equal(begins, begins.map((_, place) => begins[0] + place), 'each Practice has one page of its own');
      for (const { title } of [...report.elements, ...report.criteria]) t.ok(letters.includes(bare(title)), `“${title}” in the PDF`);
      for (const { name, status } of report.unfinished) t.ok(words.includes(name) && status !== 'finalised', `${name} is named as under way`);
    },
  },
  {
    name: 'the figures of the national report are those of the answers',
    async run(page, t) {
      const reviewer = await t.open('reviewer');
      await reviewer.goto('/reports/2026');
      const report = json((await download(reviewer, 'Download as JSON')).path);
      const stored = JSON.parse(t.command('export', 'assessments', '--cycle', '2026', '--format', 'json'));
      const used = ({ answer, review, agreement }) => agreement.rating ?? review.rating ?? answer.response?.rated ?? null;
      for (const { id, n, share_at_4: share } of report.criteria) {
        const ratings = stored.map(({ entries }) => entries[id]).filter(entry => entry && entry.answer.response?.rated).map(used);
        t.equal([id, n], [id, ratings.length]);
        t.ok(Math.abs(share - ratings.filter(rating => rating >= 4).length / n) < 1e-9, `${id}: ${share} at 4 or more`);
      }
    },
  },
  {
    name: 'a Practice report as PDF holds every text that anybody wrote',
    async run(page, t) {
      const lead = await t.open('lead.marrowdale');
      await lead.goto('/practices/marrowdale');
      await lead.getByRole('link', { name: '2026 under version' }).click();
      const letters = bare(textOf((await download(lead, 'Download as PDF')).path));
      const csv = bare(readFileSync((await download(lead, 'Download as CSV')).path, 'utf8'));
      const shown = bare(await main(lead).innerText());
      const stored = JSON.parse(t.command('export', 'assessments', '--cycle', '2026', '--format', 'json'));
      const { entries } = stored.find(one => one.practice.slug === 'marrowdale');
      const texts = Object.entries(entries).flatMap(([id, { answer, review, agreement }]) =>
        [answer.evidence, answer.comment, answer.adaptation, review.comment, review.question, agreement.comment, answer.response?.not_applicable]
          .filter(Boolean).map(text => [id, text]));
      t.ok(texts.length > 100, `${texts.length} texts`);
      // a page's text does not hold the numbers of a numbered list
      const unnumbered = text => text.replace(/^\d+\. /gm, '');
      const stands = (text, inside) => inside.includes(bare(text)) || inside.includes(bare(unnumbered(text)));
      const missing = (where, inside) => t.equal(texts.filter(([, text]) => !stands(text, inside)), [], `texts missing in ${where}`);
      missing('the PDF', letters);
      missing('the CSV file', csv);
      missing('the page', shown);
    },
  },
  {
    name: 'a report without scripts is the same page, and its files come',
    js: false,
    async run(page, t) {
      const lead = await t.open('lead');
      await lead.goto('/practices/quillbridge/2025/report');
      for (const [link, name] of [['PDF', 'quillbridge-2025.pdf'], ['CSV', 'quillbridge-2025.csv'], ['JSON', 'quillbridge-2025.json']])
        t.equal((await download(lead, `Download as ${link}`)).name, name);
      t.ok((await main(lead).innerText()).includes('How to read the figures'));
    },
  },
];
