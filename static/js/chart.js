// A chart is a figure with data-chart (id of its JSON), data-plotly (address of the library), the
// drawing (.chart) and an empty .plot. Its switches work by the style sheet; this script keeps
// them in the address, and on request loads the library to let the figure be explored.
(() => {
  "use strict";
  const NARROW = 560;
  let charts = [];
  let library;

  function load(address) {
    library ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = () => {
        library = undefined;
        reject(new Error(address));
      };
      document.head.append(script);
    });
    return library;
  }

  // Colours arrive as names of custom properties; only a computed colour knows the theme.
  function painter(box) {
    const probe = document.createElement("span");
    box.append(probe);
    const known = new Map();
    const colour = (name) => {
      if (!known.has(name)) {
        probe.style.color = `var(${name})`;
        known.set(name, getComputedStyle(probe).color);
      }
      return known.get(name);
    };
    const paint = (value) => {
      if (typeof value === "string") return value.startsWith("--") ? colour(value) : value;
      if (Array.isArray(value)) return value.map(paint);
      if (value && typeof value === "object") {
        return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, paint(part)]));
      }
      return value;
    };
    return { paint, done: () => probe.remove() };
  }

  const layers = (box) => [...box.querySelectorAll('input[type="checkbox"][name="layers"]')];
  const hiddenLayers = (box) => layers(box).filter((one) => !one.checked).map((one) => one.value);

  function draw(chart) {
    const { box, plot, figure } = chart;
    const { paint, done } = painter(box);
    const hidden = hiddenLayers(box);
    const data = paint(figure.data).map((trace) => ({
      ...trace,
      visible: !hidden.includes(trace.meta?.layer),
    }));
    const layout = paint(plot.clientWidth < NARROW ? figure.narrow : figure.layout);
    layout.font.family = getComputedStyle(document.body).fontFamily;
    layout.width = plot.clientWidth;
    layout.annotations = layout.annotations.filter((label) => !hidden.includes(label.name));
    layout.shapes = layout.shapes.filter((line) => !hidden.includes(line.name));
    done();
    window.Plotly.react(plot, data, layout, { displayModeBar: false, scrollZoom: false });
    box.dataset.drawn = "true";
  }

  const redraw = () => charts.filter((chart) => chart.explored).forEach(draw);

  // The address says what is shown, so that it can be shared and survives a reload.
  function remember(box) {
    const shown = layers(box).filter((one) => one.checked).map((one) => one.value);
    const here = new URL(location.href);
    here.searchParams.delete("layers");
    if (shown.length < layers(box).length) here.searchParams.set("layers", shown.join(","));
    history.replaceState(history.state, "", here);
  }

  async function explore(chart, button, status) {
    const { box, plot } = chart;
    if (chart.explored) {
      chart.explored = false;
      plot.hidden = true;
      box.classList.remove("is-explored");
      window.Plotly.purge(plot);
      delete box.dataset.drawn;
      say(button, status, false, "");
      return;
    }
    status.textContent = status.dataset.loading;
    try {
      await load(box.dataset.plotly);
    } catch {
      status.textContent = status.dataset.failed;
      return;
    }
    chart.explored = true;
    plot.hidden = false;
    box.classList.add("is-explored");
    draw(chart);
    say(button, status, true, status.dataset.ready);
  }

  function say(button, status, pressed, words) {
    button.dataset.off ??= button.textContent;
    button.textContent = pressed ? button.dataset.on : button.dataset.off;
    status.textContent = words;
  }

  function prepare(chart) {
    const { box, plot } = chart;
    const button = box.querySelector("[data-explore]");
    const status = box.querySelector("[data-loading]");
    box.querySelectorAll("[data-needs-script]").forEach((part) => part.removeAttribute("hidden"));
    box.querySelectorAll("[data-only-without-script]").forEach((part) => { part.hidden = true; });
    button.addEventListener("click", () => explore(chart, button, status));
    box.addEventListener("change", (event) => {
      if (event.target.name !== "layers") return;
      remember(box);
      if (chart.explored) draw(chart);
    });
    new ResizeObserver(() => {
      if (chart.explored && plot.clientWidth && plot.clientWidth !== plot.layout?.width) draw(chart);
    }).observe(plot);
  }

  // Called again where a part of the page was replaced: what left the page is forgotten.
  function adopt() {
    charts = charts.filter((chart) => chart.box.isConnected);
    const known = new Set(charts.map((chart) => chart.box));
    const found = [...document.querySelectorAll("[data-chart]")].filter((box) => !known.has(box));
    const fresh = found.map((box) => ({
      box,
      plot: box.querySelector(".plot"),
      figure: JSON.parse(document.getElementById(box.dataset.chart).textContent),
      explored: false,
    }));
    fresh.forEach(prepare);
    charts.push(...fresh);
  }

  adopt();
  document.addEventListener("htmx:afterSwap", adopt);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
})();
