// Draws the page from the JSON in #data. Everything from there becomes text nodes or pixels, never markup.
'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const steps = data.steps;
  const main = document.querySelector('main');
  const charts = [];

  const whole = new Intl.NumberFormat('en');
  const three = new Intl.NumberFormat('en', {maximumSignificantDigits: 3});
  const count = (n) => n === undefined ? '' : whole.format(n);
  const about = (n) => n === undefined ? '' : n >= 1000 ? whole.format(Math.round(n)) : three.format(n);
  const percent = (part, all) => all > 0 ? `${(100 * part / all).toFixed(1)} %` : '';
  const fixed = (n, digits) => n == null ? '' : n.toFixed(digits);
  const megabytes = (bytes) => bytes === undefined ? '' : about(bytes / 1e6);
  const time = (s) => s === undefined ? '' : s < 100 ? `${s.toFixed(1)} s` : s < 6000 ? `${(s / 60).toFixed(1)} min` : `${(s / 3600).toFixed(1)} h`;
  const entries = (map) => Object.entries(map ?? {});
  const descending = (map) => entries(map).sort((a, b) => b[1] - a[1]);
  const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

  function el(tag, attributes, ...children) {
    const node = document.createElement(tag);
    entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    node.append(...children.flat(Infinity).filter((child) => child !== undefined));
    return node;
  }

  /** rows: arrays of cells; the first column names the row; columns whose title starts with # are numbers. */
  function table(caption, titles, rows, kind = '') {
    const isNumber = titles.map((title) => title.startsWith('#'));
    const cell = (value, i) => i === 0
      ? el('th', {scope: 'row'}, value)
      : el('td', isNumber[i] ? {class: 'n'} : {}, value);
    return el('div', {class: 'table'}, el('p', {class: 'quiet'}, caption), el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption},
      el('table', {class: titles.length < 4 ? `few ${kind}` : kind, 'aria-label': caption},
        el('thead', {}, el('tr', {}, titles.map((title, i) =>
          el('th', isNumber[i] ? {scope: 'col', class: 'n'} : {scope: 'col'}, title.replace('#', ''))))),
        el('tbody', {}, rows.map((row) => el('tr', {}, row.map(cell)))))));
  }

  function section(title, about, ...children) {
    const shown = children.flat(Infinity).filter((child) => child !== undefined);
    if (shown.length > 0) {
      main.append(el('section', {}, el('h2', {}, title), about ? el('p', {class: 'quiet'}, about) : undefined, shown));
    }
  }

  // Charts. Colours are read from the style sheet, so that light, dark and print have their own.
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  /** Writes values at the ends of bars. */
  const values = {
    id: 'values',
    afterDatasetsDraw(chart, _, {text}) {
      const context = chart.ctx;
      context.save();
      context.fillStyle = colour('quiet');
      context.font = `11px ${Chart.defaults.font.family}`;
      context.textBaseline = 'middle';
      const last = chart.getDatasetMeta(chart.data.datasets.length - 1);
      last.data.forEach((bar, i) => context.fillText(text(i), bar.x + 6, bar.y));
      context.restore();
    },
  };

  function draw(label, height, config) {
    const canvas = el('canvas', {role: 'img', 'aria-label': label});
    const plot = el('div', {class: 'plot'}, canvas);
    plot.style.height = `${height}px`;
    charts.push({canvas, config});
    return el('figure', {}, plot);
  }

  const dataset = (label, tone, numbers, more = {}) => ({label, tone, data: numbers, maxBarThickness: 22, borderRadius: 2, ...more});
  const shortened = (text, most) => text.length > most ? `${text.slice(0, most - 1)}…` : text;

  /** Where bars end, no tick but on round numbers. */
  function roundTicks(axis) {
    const between = axis.ticks[1]?.value;
    axis.ticks = axis.ticks.filter(({value}) => Math.abs(value / between - Math.round(value / between)) < 1e-6 || !between);
  }

  /** Horizontal bars, one a name; text(i) stands at the end of each. */
  function bars(label, names, datasets, text, options = {}) {
    const rowHeight = datasets.length > 1 && !options.stacked ? 40 : 28;
    return draw(label, names.length * rowHeight + (datasets.length > 1 ? 74 : 40), {
      type: 'bar',
      data: {labels: names, datasets},
      options: {
        indexAxis: 'y',
        layout: {padding: {right: options.room ?? 96}},
        scales: {
          x: {stacked: options.stacked, beginAtZero: true, bounds: 'data', afterBuildTicks: roundTicks, border: {display: false}, ticks: {maxTicksLimit: 5, precision: 0}, grid: {drawTicks: false}},
          y: {stacked: options.stacked, grid: {display: false}, border: {display: false},
            ticks: {autoSkip: false, callback(value) { return shortened(this.getLabelForValue(value), this.chart.width < 480 ? 18 : 34); }}},
        },
        plugins: {legend: {display: datasets.length > 1, align: 'start', labels: {boxWidth: 12, boxHeight: 12}}, values: text && {text}},
      },
      plugins: text ? [values] : [],
    });
  }

  function paint() {
    charts.forEach((one) => {
      one.chart?.destroy();
      Chart.defaults.color = colour('quiet');
      Chart.defaults.borderColor = colour('line');
      one.config.data.datasets.forEach((set) => {
        set.backgroundColor = set.borderColor = colour(set.tone);
      });
      one.chart = new Chart(one.canvas, one.config);
    });
  }

  // Parts of the page.
  const documentSteps = steps.filter((step) => step.rows_in !== undefined && step.bytes_out !== undefined);
  const first = documentSteps[0];
  const last = documentSteps[documentSteps.length - 1];

  function head() {
    const seconds = sum(steps.map((step) => step.seconds?.total ?? 0));
    const versions = [...new Set(steps.map((step) => step.version))].join(', ');
    const tile = (title, value, note) => el('div', {}, el('dt', {}, title), el('dd', {}, value), el('dd', {}, el('small', {}, note)));
    const single = steps.length === 1;
    document.title = `${data.title} – Kindling report`;
    main.append(
      el('h1', {}, data.title),
      el('p', {class: 'quiet'}, `Kindling ${versions} · ${single ? steps[0].job : `${steps.length} steps`} · written ${document.lastModified}`));
    const tiles = el('dl', {class: 'tiles'});
    if (first) {
      const dropped = sum(documentSteps.map((step) => step.rows_in - step.rows_out));
      tiles.append(
        tile('Documents in', count(first.rows_in), first.files_in === undefined ? `${megabytes(first.bytes_in)} MB` : `${count(first.files_in)} files, ${megabytes(first.bytes_in)} MB`),
        tile('Documents out', count(last.rows_out), `${megabytes(last.bytes_out)} MB of text`),
        tile('Rejected', count(dropped), `${percent(dropped, first.rows_in)}, each with a reason`));
    }
    tiles.append(tile('Time', time(seconds), single ? 'in this job' : 'in all steps'));
    main.append(tiles);
  }

  function funnel() {
    if (!first) {
      return;
    }
    section('Documents', 'What each step let through, and what it rejected.',
      bars('Documents kept and rejected by step', documentSteps.map((step) => step.name),
        [dataset('kept', 'kept', documentSteps.map((step) => step.rows_out)),
          dataset('rejected', 'dropped', documentSteps.map((step) => step.rows_in - step.rows_out))],
        (i) => `${count(documentSteps[i].rows_out)} of ${count(documentSteps[i].rows_in)}`, {stacked: true, room: 110}),
      table('Documents and text by step; rates over all seconds of a step, MB are millions of bytes',
        ['step', '#in', '#out', '#rejected', '#kept', '#MB in', '#MB out', '#documents/s', '#MB/s in', '#MB/s out'],
        documentSteps.map((step) => [step.name, count(step.rows_in), count(step.rows_out), count(step.rows_in - step.rows_out),
          percent(step.rows_out, step.rows_in), megabytes(step.bytes_in), megabytes(step.bytes_out),
          about(step.rates?.documents_per_second), about(step.rates?.mb_in_per_second), about(step.rates?.mb_out_per_second)])));
  }

  function reasons() {
    section('Reasons', 'Why documents were rejected; shares are of the documents that came into the step.',
      steps.filter((step) => entries(step.rejected).length > 0).map((step) => {
        const all = descending(step.rejected);
        const most = all.slice(0, 15);
        return [el('h3', {}, step.name), el('div', {class: 'pair'},
          bars(`Rejected by ${step.name}, by reason`, most.map(([reason]) => reason),
            [dataset('rejected', 'kept', most.map(([, n]) => n))], (i) => count(most[i][1]), {room: 56}),
          table(`${count(sum(all.map(([, n]) => n)))} of ${count(step.rows_in)} documents rejected`,
            ['reason', '#documents', '#share'], all.map(([reason, n]) => [reason, count(n), percent(n, step.rows_in)]), 'long'))];
      }));
  }

  /** The first and the last step that tell something: what came in, and what became of it. */
  function compared(name) {
    const telling = documentSteps.filter((step) => entries(step[name]).length > 0);
    const chosen = telling.length > 1 ? [telling[0], telling[telling.length - 1]] : telling;
    return chosen.map((step, i) => ({name: `after ${step.name}`, map: step[name], tone: i === chosen.length - 1 ? 'kept' : 'other'}));
  }

  function languages() {
    const sides = compared('languages');
    if (sides.length === 0) {
      return;
    }
    const names = descending(sides[0].map).map(([name]) => name);
    sides.forEach((side) => entries(side.map).forEach(([name]) => names.includes(name) || names.push(name)));
    const most = names.slice(0, 12);
    const totals = sides.map((side) => sum(Object.values(side.map)));
    section('Languages', undefined, el('div', {class: 'pair'},
      bars('Documents by language', most, sides.map((side) => dataset(side.name, side.tone, most.map((name) => side.map[name] ?? 0))),
        undefined, {room: 12}),
      table('Documents by language', ['language', ...sides.flatMap((side) => [`#${side.name}`, '#share'])],
        names.map((name) => [name, ...sides.flatMap((side, i) => [count(side.map[name] ?? 0), percent(side.map[name] ?? 0, totals[i])])]))));
  }

  const short = (n) => n >= 1048576 ? `${n / 1048576}M` : n >= 1024 ? `${n / 1024}k` : `${n}`;

  function lengths() {
    const sides = compared('lengths');
    if (sides.length === 0) {
      return;
    }
    const found = sides.flatMap((side) => Object.keys(side.map).map(Number));
    const least = Math.min(...found);
    const buckets = least === 0 ? [0] : [];
    for (let bucket = Math.max(1, least); bucket <= Math.max(...found); bucket *= 2) {
      buckets.push(bucket);
    }
    const range = (n) => n === 0 ? '0' : n === 1 ? '1' : `${count(n)} – ${count(2 * n - 1)}`;
    section('Lengths', 'Characters of a document, in powers of two; k is 1,024.', el('div', {class: 'pair'},
      draw('Documents by length', 280, {
        type: 'bar',
        data: {labels: buckets.map(short), datasets: sides.map((side) => dataset(side.name, side.tone, buckets.map((n) => side.map[n] ?? 0),
          {maxBarThickness: 34, categoryPercentage: 0.86, barPercentage: 0.96}))},
        options: {
          scales: {
            x: {grid: {display: false}, title: {display: true, text: 'characters, from'}},
            y: {beginAtZero: true, border: {display: false}, grid: {drawTicks: false}, ticks: {maxTicksLimit: 6, precision: 0}, title: {display: true, text: 'documents'}},
          },
          plugins: {legend: {display: sides.length > 1, align: 'start', labels: {boxWidth: 12, boxHeight: 12}}},
        },
      }),
      table('Documents by length', ['characters', ...sides.map((side) => `#${side.name}`)],
        buckets.map((n) => [range(n), ...sides.map((side) => count(side.map[n] ?? 0))]))));
  }

  function times() {
    const timed = steps.filter((step) => step.seconds);
    if (timed.length === 0) {
      return;
    }
    const phases = (step) => entries(step.seconds).filter(([name]) => name !== 'total').map(([name, s]) => `${name} ${s.toFixed(1)}`).join(', ');
    section('Time', 'Seconds of each step, and of its phases where it has some. The first step includes the start of Spark.',
      el('div', {class: 'pair even'},
        timed.length > 1 ? bars('Seconds by step', timed.map((step) => step.name), [dataset('seconds', 'other', timed.map((step) => step.seconds.total))],
          (i) => time(timed[i].seconds.total), {room: 64}) : undefined,
        table('Seconds by step', ['step', '#seconds', 'phases'],
          timed.map((step) => [step.name, fixed(step.seconds.total, 1), phases(step)]), 'long')));
  }

  function redaction() {
    section('Personal data', 'How often each type was replaced. Values are recorded nowhere.',
      steps.filter((step) => step.findings).map((step) => entries(step.findings).length === 0
        ? el('p', {}, `${step.name} found none.`)
        : el('div', {class: 'pair'}, bars(`Replaced by ${step.name}`, descending(step.findings).map(([type]) => type),
          [dataset('replaced', 'kept', descending(step.findings).map(([, n]) => n))], (i) => count(descending(step.findings)[i][1]), {room: 56}),
        table(`Replaced by ${step.name}`, ['type', '#times'], descending(step.findings).map(([type, n]) => [type, count(n)])))));
  }

  /** A size stands for itself and all up to the next one. */
  function clusters(step) {
    const sizes = entries(step.clusters.sizes).map(([size, n]) => [Number(size), n]).sort((a, b) => a[0] - b[0]);
    const name = ([size], i) => size < 4 || size === step.clusters.largest ? `${size}` : i === sizes.length - 1 ? `${count(size)} – ${count(step.clusters.largest)}` : `${count(size)} – ${count(2 * size - 1)}`;
    const caption = `${count(step.clusters.count)} clusters of ${count(step.clusters.documents_in_clusters)} documents, the largest of ${count(step.clusters.largest)}`;
    return sizes.length === 0 ? el('p', {}, `${step.name} found no document twice.`)
      : el('div', {class: 'pair'},
        bars(`Clusters of ${step.name}, by documents in them`, sizes.map(name), [dataset('clusters', 'kept', sizes.map(([, n]) => n))], (i) => count(sizes[i][1]), {room: 56}),
        table(caption, ['documents', '#clusters'], sizes.map((size, i) => [name(size, i), count(size[1])])));
  }

  function duplicates() {
    const share = (n) => n === undefined ? 'nothing to measure' : n.toFixed(3);
    section('Duplicates', 'Documents that say the same, by how many they are; one of each cluster was kept.',
      steps.filter((step) => step.clusters).map((step) => [el('h3', {}, step.name), clusters(step)]),
      steps.filter((step) => entries(step.removed_spans).length > 0).map((step) => table(
        `Repeated spans that ${step.name} removed, ${megabytes(step.removed_bytes)} MB`, ['method', '#spans'],
        entries(step.removed_spans).map(([method, n]) => [method, count(n)]))),
      steps.filter((step) => step.sample_check).map((step) => table(
        `How sure that is: ${count(step.sample_check.documents)} documents that ${step.name} drew, compared exactly with all`, ['measure', '#share', 'of'],
        [['recall', share(step.sample_check.recall), `${count(step.sample_check.true_pairs)} pairs of duplicates`],
          ['precision', share(step.sample_check.precision), `${count(step.sample_check.clustered_documents)} documents in clusters`]])));
  }

  function parts() {
    section('Parts', undefined, steps.filter((step) => step.parts).map((step) => table(`Documents in the parts of ${step.name}`, ['part', '#documents', '#share'],
      entries(step.parts).map(([part, n]) => [part, count(n), percent(n, sum(Object.values(step.parts)))]))));
  }

  /** What is drawn of a training: a title, the curves that share its axis, and what their numbers are multiplied by. */
  const drawn = [
    {title: 'loss, nats a token', lines: [['loss', 'training'], ['validation_loss', 'validation']]},
    {title: 'learning rate', lines: [['learning_rate', 'learning rate']]},
    {title: 'gradient norm', lines: [['gradient_norm', 'gradient norm']]},
    {title: 'tokens a second', lines: [['tokens_per_second', 'tokens a second']], least: 0},
    {title: 'exchange, MB a round', lines: [['exchange_bytes', 'contributions'], ['broadcast_bytes', 'parameters']], factor: 1e-6, least: 0},
    {title: 'exchange, % of the time', lines: [['exchange_share', 'exchange']], factor: 100, least: 0},
  ];

  /** One chart over the steps of a training, unless there is no line to draw. */
  function curve(step, {title, lines, factor = 1, least}) {
    const known = lines.filter(([name]) => step.curves?.[name]);
    const all = known.flatMap(([name]) => step.curves[name].map(([x]) => x));
    if (new Set(all).size < 2) {
      return undefined;
    }
    const sets = known.map(([name, label]) => {
      const points = step.curves[name].map(([x, y]) => ({x, y: y * factor}));
      return dataset(label, name === lines[0][0] ? 'kept' : 'other', points, {borderWidth: 1.8, pointRadius: points.length < 40 ? 2 : 0, tension: 0});
    });
    return el('div', {}, el('p', {class: 'quiet'}, title), draw(`${step.name}: ${title}`, 200, {
      type: 'line',
      data: {datasets: sets},
      options: {
        parsing: false,
        scales: {
          x: {type: 'linear', min: Math.min(...all), max: Math.max(...all), grid: {display: false}, title: {display: true, text: 'step'}, ticks: {maxTicksLimit: 6}},
          y: {min: least, border: {display: false}, grid: {drawTicks: false}, ticks: {maxTicksLimit: 6}},
        },
        plugins: {legend: {display: known.length > 1, align: 'start', labels: {boxWidth: 12, boxHeight: 12}}},
      },
    }));
  }

  function training() {
    const trained = steps.filter((step) => step.loss_last !== undefined && step.steps > 0);
    section('Training', trained.length > 0 ? 'Curves have a point for each round, the mean of its steps; of long trainings some of the rounds.' : undefined,
      trained.map((step) => [el('h3', {}, step.name), el('div', {class: 'pair even'}, drawn.map((one) => curve(step, one)))]),
      trained.length > 0 ? table('Training', ['step', '#parameters', '#tokens', '#steps', '#loss first', '#loss last', '#validation loss last', '#tokens/s', '#time', '#kJ'],
        trained.map((step) => [step.name, count(step.parameters), count(step.tokens), count(step.steps), fixed(step.loss_first, 3), fixed(step.loss_last, 3),
          fixed(step.curves?.validation_loss?.at(-1)[1], 3), about(step.tokens_per_second), time(step.train_seconds),
          step.joules == null ? '' : about(step.joules / 1000)])) : undefined);
  }

  function scores() {
    const rouge = steps.filter((step) => step.f1);
    const perplexity = steps.filter((step) => step.perplexity !== undefined);
    const support = steps.filter((step) => step.support !== undefined);
    const hundred = (x) => x === undefined ? '' : (100 * x).toFixed(2);
    section('Scores', undefined,
      rouge.length > 0 ? bars('ROUGE-1 by step', rouge.map((step) => step.name), [dataset('ROUGE-1', 'kept', rouge.map((step) => 100 * (step.f1.rouge1 ?? 0)))],
        (i) => hundred(rouge[i].f1.rouge1), {room: 56}) : undefined,
      rouge.length > 0 ? table('ROUGE F1 × 100; the bars show ROUGE-1', ['step', '#R-1', '#R-2', '#R-L', '#R-Lsum', '#rows'],
        rouge.map((step) => [step.name, hundred(step.f1.rouge1), hundred(step.f1.rouge2), hundred(step.f1.rougeL), hundred(step.f1.rougeLsum), count(step.scored)])) : undefined,
      perplexity.length > 0 ? table('Perplexity', ['step', '#a token', '#bits a byte', '#rows'],
        perplexity.map((step) => [step.name, about(step.perplexity), fixed(step.bits_per_byte, 3), count(step.scored)])) : undefined,
      support.length > 0 ? table('Share of a summary that its document supports', ['step', '#support', '#rows'],
        support.map((step) => [step.name, fixed(step.support, 3), count(step.scored ?? step.rows_out)])) : undefined);
  }

  function samples() {
    section('Rejected documents', 'A few for each reason, drawn by the seed and their ids. Personal data that patterns find is replaced in the snippets.',
      steps.filter((step) => step.samples?.length > 0).map((step) => {
        const hasText = step.samples.some((sample) => sample.snippet !== undefined);
        const titles = hasText ? ['document', 'detail', 'beginning of its text'] : ['document', 'detail'];
        const row = (sample) => el('tr', {},
          el('td', {}, el('code', {}, sample.id), sample.source ? el('div', {class: 'quiet'}, sample.source) : undefined),
          el('td', {}, sample.detail),
          hasText ? el('td', {}, el('blockquote', {}, sample.snippet ?? '')) : undefined);
        const group = (reason) => [el('tr', {class: 'reason'}, el('td', {colspan: titles.length}, reason)),
          step.samples.filter((sample) => sample.reason === reason).map(row)];
        return [el('h3', {}, step.name), el('table', {class: 'samples', 'aria-label': `Documents that ${step.name} rejected`},
          el('thead', {}, el('tr', {}, titles.map((title) => el('th', {scope: 'col'}, title)))),
          el('tbody', {}, [...new Set(step.samples.map((sample) => sample.reason))].map(group)))];
      }));
  }

  function options() {
    section('Options', 'What each step was told; with the same input the same options give the same bytes.', steps.map((step) => el('details', {},
      el('summary', {}, step.name, el('span', {class: 'quiet'}, `  ${step.job} ${step.version}`)),
      table(`Options of ${step.name}`, ['option', 'value'], entries(step.options), 'long'))));
  }

  [head, funnel, reasons, languages, lengths, duplicates, redaction, parts, training, scores, times, samples, options].forEach((part) => part());
  main.append(el('footer', {}, 'Written by Kindling. This page holds all its data and loads nothing.'));

  Chart.defaults.animation = false;
  Chart.defaults.responsive = true;
  Chart.defaults.maintainAspectRatio = false;
  Chart.defaults.devicePixelRatio = Math.max(2, window.devicePixelRatio);
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.plugins.tooltip.displayColors = false;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  function theme(isDark) {
    document.documentElement.classList.toggle('dark', isDark);
    paint();
  }
  theme(dark.matches);
  dark.addEventListener('change', () => theme(dark.matches));
  addEventListener('beforeprint', () => {
    document.querySelectorAll('details').forEach((one) => { one.open = true; });
    theme(false);
  });
  addEventListener('afterprint', () => theme(dark.matches));
})();
