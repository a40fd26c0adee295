// Charts: colours from the tokens, no animation, unit in the title, direct labels, dashed = limit,
// hollow = declared; tooltips are drawn as text (HTML tooltips carry inline styles and break the CSP).
import { clock, day, load, number, onContent, token } from "portal/words";

const engine = document.getElementById("portal-charts").dataset.engine;
const drawn = new Map();
const DAY = 86400000;

const base = language => ({
  animation: false,
  useUTC: true, // points carry the grid's local time, whatever the reader's zone
  textStyle: { fontFamily: '"Inter Variable", sans-serif', fontSize: 11 },
  grid: { left: 4, right: 10, top: 12, bottom: 2, containLabel: true },
  aria: { enabled: false },
  tooltip: { trigger: "axis", renderMode: "richText", confine: true, backgroundColor: token("paper"), borderColor: token("control"), borderWidth: 1, padding: [6, 8], textStyle: { color: token("ink"), fontSize: 12 }, axisPointer: { lineStyle: { color: token("control"), type: "solid" } } },
  xAxis: { axisLine: { lineStyle: { color: token("control") } }, axisTick: { show: false }, axisLabel: { color: token("ink-2"), hideOverlap: true } },
  yAxis: { type: "value", min: 0, splitNumber: 3, splitLine: { lineStyle: { color: token("line") } }, axisLabel: { color: token("ink-2"), formatter: value => number(value, language) } },
});

// Three round steps above the highest value.
const scale = highest => {
  const rough = Math.max(highest, 1) * 1.08 / 3;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find(part => part * power >= rough) * power;
  return { max: step * 3, interval: step };
};

const dateOf = (value, language) => {
  const at = new Date(value);
  return language === "en" ? `${at.getUTCDate()} ${at.toLocaleString("en-GB", { month: "short", timeZone: "UTC" })}` : day(at);
};

function loadCurve(data) {
  const { language, words } = data;
  const start = Date.parse(`${data.start}Z`), step = data.step * 60000;
  const points = data.kw.map((kw, index) => [start + index * step, kw]);
  const last = start + data.kw.length * step;
  points.push([last, data.kw.at(-1)]);
  const spans = data.spans.map(one => ({ word: one.word, from: Math.max(Date.parse(`${one.from}Z`), start), to: Math.min(Date.parse(`${one.to}Z`), last) }));
  const days = (last - start) / DAY, declared = data.declared;
  const colour = token(data.tone), soft = token(`${data.tone}-soft`);
  const option = base(language);
  option.grid.right = 78;
  Object.assign(option.xAxis, { type: "time", min: start, max: last, minInterval: DAY, maxInterval: days <= 8 ? DAY : undefined, axisLabel: { ...option.xAxis.axisLabel, showMaxLabel: false, formatter: value => (new Date(value).getUTCHours() ? "" : dateOf(value, language)) } });
  Object.assign(option.yAxis, scale(Math.max(declared || 0, ...data.kw.filter(kw => kw !== null))));
  option.tooltip.formatter = at => {
    const [when, kw] = at[0].value;
    const then = spans.filter(one => one.from <= when && when < one.to).map(one => one.word);
    return [`${dateOf(when, language)}, ${clock(new Date(when))}`, kw === null ? "–" : `${number(Math.round(kw), language)} ${words.unit}`, ...then].join("\n");
  };
  const line = { type: "line", data: points, symbol: "none", step: "start", connectNulls: false, sampling: days > 14 ? "lttb" : undefined, lineStyle: { color: colour, width: 1.5 }, areaStyle: { color: soft, opacity: spans.length ? 0.4 : 1 }, endLabel: { show: true, formatter: words.meter, color: colour, fontSize: 11, distance: 6 } };
  if (declared !== null && declared !== undefined) line.markLine = { silent: true, symbol: "none", lineStyle: { color: token("ink-2"), type: "dashed", width: 1.2 }, label: { position: "end", formatter: `${words.declared}\n${number(declared, language)}`, color: token("ink-2"), fontSize: 11, lineHeight: 13, distance: 6, verticalAlign: "bottom" }, data: [{ yAxis: declared }] };
  if (spans.length) line.markArea = { silent: true, itemStyle: { color: token("warn"), opacity: 0.22 }, data: spans.map(one => [{ xAxis: one.from }, { xAxis: one.to }]) };
  option.series = [line];
  return option;
}

function bars(data) {
  const { language, digits } = data;
  const option = base(language);
  option.grid.top = data.series.length > 1 ? 30 : 14;
  option.grid.right = 34;
  Object.assign(option.xAxis, { type: "category", data: data.labels });
  Object.assign(option.yAxis, scale(Math.max(...data.series.flatMap(row => row.values.map(value => value || 0)))));
  if (data.series.length > 1) option.legend = { right: 0, top: -4, itemWidth: 12, itemHeight: 10, textStyle: { color: token("ink-2"), fontSize: 11 } };
  option.tooltip.formatter = at => [at[0].name, ...at.map(one => `${one.seriesName}: ${one.value === undefined ? "–" : number(one.value, language, digits)} ${data.unit}`)].join("\n");
  option.series = data.series.map((row, index) => ({
    name: row.name, type: "bar", data: row.values.map(value => value ?? "-"), barMaxWidth: 16, barGap: "15%",
    itemStyle: row.hollow ? { color: token("paper"), borderColor: token("ink-2"), borderWidth: 1.4 } : { color: token(row.tone) },
    label: { show: true, position: index ? "right" : "top", fontSize: 11, color: token(index ? "ink-2" : "ink"), formatter: one => (one.dataIndex === row.values.length - 1 && typeof one.value === "number" ? number(one.value, language, digits) : "") },
  }));
  return option;
}

// History lines on the left axis (TWh), capacity added as stacked columns on the right one (GW);
// a break of definitions is a dashed line across, and no line joins two series.
function balance(data) {
  const { language, words, labels } = data;
  const tones = ["act", "reg", "sus", "warn", "late"];
  const option = base(language);
  option.grid.top = 44;
  option.grid.right = 10;
  Object.assign(option.xAxis, { type: "category", data: labels.map(String) });
  const energy = scale(Math.max(1, ...data.lines.flatMap(one => one.values.map(value => value || 0))));
  const totals = labels.map((_, place) => data.bars.reduce((sum, one) => sum + (one.values[place] || 0), 0));
  const power = scale(Math.max(1, ...totals));
  const name = { nameGap: 8, nameTextStyle: { color: token("ink-2"), fontSize: 11 } };
  option.yAxis = [{ ...option.yAxis, ...energy, ...name, name: words.energy }, { ...option.yAxis, ...power, ...name, name: words.power, splitLine: { show: false } }];
  option.legend = { type: "scroll", right: 40, left: 40, top: -2, itemWidth: 14, itemHeight: 9, textStyle: { color: token("ink-2"), fontSize: 11 }, pageIconColor: token("ink-2"), pageTextStyle: { color: token("ink-2") } };
  option.tooltip.formatter = at => [at[0].name, ...at.filter(one => typeof one.value === "number").map(one => `${one.seriesName}: ${number(one.value, language, 2)} ${one.componentSubType === "bar" ? words.power : words.energy}`)].join("\n");
  const marks = data.breaks.map(one => ({ xAxis: String(one.year) }));
  option.series = data.lines.map((one, index) => ({
    name: [one.measure, one.series || words.forecast].join(" · "), type: "line", connectNulls: false, symbolSize: 4,
    data: one.values.map(value => value ?? null), itemStyle: { color: token(index % 2 ? "ink" : "act") },
    lineStyle: { width: 1.6, color: token(index % 2 ? "ink" : "act"), type: one.series ? "solid" : "dashed" },
    symbol: index < 2 ? "circle" : "emptyCircle",
    markLine: index ? undefined : { silent: true, symbol: "none", lineStyle: { color: token("late"), type: "dashed" }, label: { formatter: words.break, color: token("late"), fontSize: 11, position: "insideEndTop" }, data: marks },
  }));
  option.series.push(...data.bars.map((one, index) => ({ name: one.name, type: "bar", stack: "added", yAxisIndex: 1, barMaxWidth: 22, data: one.values.map(value => value ?? "-"), itemStyle: { color: token(tones[index % tones.length]) } })));
  return option;
}

const kinds = { balance, "load-curve": loadCurve, bars };
const watch = new ResizeObserver(entries => entries.forEach(entry => drawn.get(entry.target)?.chart.resize()));

const draw = async place => {
  if (drawn.has(place)) return;
  const data = JSON.parse(document.getElementById(place.dataset.source).textContent);
  drawn.set(place, { data });
  await load(engine);
  await document.fonts.ready;
  const option = kinds[place.dataset.chart](data);
  const chart = window.echarts.init(place, null, { renderer: "canvas" });
  chart.setOption(option);
  drawn.set(place, { data, chart, kind: place.dataset.chart });
  watch.observe(place);
};

const tidy = () => drawn.forEach(({ chart }, place) => {
  if (place.isConnected) return;
  chart?.dispose();
  watch.unobserve(place);
  drawn.delete(place);
});

onContent(part => { tidy(); part.querySelectorAll("[data-chart]").forEach(draw); });
addEventListener("themechange", () => drawn.forEach(({ chart, data, kind }) => chart?.setOption(kinds[kind](data), true)));
