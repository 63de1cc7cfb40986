// Draws the charts of a page once they come near the window. A chart is a figure with
// data-chart (id of its JSON), data-plotly (address of the library) and an empty .plot;
// without this script the table of the same numbers stands in its place.
(() => {
  "use strict";
  const NARROW = 560;
  const charts = [...document.querySelectorAll("[data-chart]")].map((box) => ({
    box,
    plot: box.querySelector(".plot"),
    figure: JSON.parse(document.getElementById(box.dataset.chart).textContent),
    drawn: false,
  }));
  let library;

  function load(address) {
    library ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = reject;
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

  const hiddenLayers = (box) =>
    [...box.querySelectorAll("[data-layer]")].filter((i) => !i.checked).map((i) => i.dataset.layer);

  function draw(chart) {
    const { box, plot, figure } = chart;
    const { paint, done } = painter(box);
    const hidden = hiddenLayers(box);
    chart.narrow = plot.clientWidth < NARROW;
    const data = paint(figure.data).map((trace) => ({
      ...trace,
      visible: !hidden.includes(trace.meta?.layer),
    }));
    const layout = paint(chart.narrow ? figure.narrow : figure.layout);
    layout.font.family = getComputedStyle(document.body).fontFamily;
    layout.width = plot.clientWidth;
    layout.annotations = layout.annotations.filter((label) => !hidden.includes(label.name));
    done();
    window.Plotly.react(plot, data, layout, { displayModeBar: false, scrollZoom: false });
    chart.drawn = true;
    box.dataset.drawn = "true";
  }

  const redraw = () => charts.filter((chart) => chart.drawn).forEach(draw);

  function prepare(chart) {
    const { box, plot } = chart;
    box.querySelectorAll("[data-needs-script]").forEach((part) => part.removeAttribute("hidden"));
    box.addEventListener("change", () => chart.drawn && draw(chart));
    new ResizeObserver(() => {
      if (chart.drawn && plot.clientWidth && plot.clientWidth !== plot.layout?.width) draw(chart);
    }).observe(plot);
    new IntersectionObserver(
      async (entries, watcher) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        watcher.disconnect();
        try {
          await load(box.dataset.plotly);
          draw(chart);
        } catch {
          box.querySelectorAll("[data-needs-script]").forEach((part) => { part.hidden = true; });
        }
      },
      { rootMargin: "300px" },
    ).observe(box);
  }

  charts.forEach(prepare);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  // Paper is always light.
  const root = document.documentElement;
  addEventListener("beforeprint", () => { root.style.colorScheme = "light"; redraw(); });
  addEventListener("afterprint", () => { root.style.colorScheme = ""; redraw(); });
})();
