// Brings to life what ibtools.site.mime wrote into the page: plotly figures and widgets.
(() => {
  const ROOT = new URL(".", document.currentScript.src);
  const NEAR = "400px";

  // The theme asks for a list of contents by a name that it no longer has; failing that it takes
  // every link for a place on the page, and stops at the first that says more than where.
  const contents = document.querySelector(".page-toc");
  if (contents) document.body.dataset.bsTarget = ".page-toc";
  else document.body.removeAttribute("data-bs-spy");

  // Once the theme's icons are there, nothing need look for more whenever a picture changes.
  addEventListener("load", () => window.FontAwesome?.noAuto());

  const scripts = new Map();
  function loadScript(path) {
    if (!scripts.has(path))
      scripts.set(path, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = new URL(path, ROOT);
        script.onload = resolve;
        script.onerror = () => reject(new Error(`${path} could not be loaded`));
        document.head.append(script);
      }));
    return scripts.get(path);
  }

  const embedded = (container) =>
    JSON.parse(container.querySelector('script[type="application/json"]').textContent);

  /* ---------------------------------------------------------------- figures */

  const COLOURS = {
    light: { text: "#3b434b", line: "#6e7781", grid: "#e2e6ea", raised: "#f4f6f8", active: "#cfd8e0" },
    dark: { text: "#d5dae0", line: "#8b949e", grid: "#3a4149", raised: "#262c33", active: "#4a545e" },
  };
  const isDark = () => document.documentElement.dataset.theme === "dark";

  function themeOf(plot) {
    const { text, line, grid, raised, active } = COLOURS[isDark() ? "dark" : "light"];
    const layout = plot._fullLayout;
    const changes = {
      "font.color": text,
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      "legend.bgcolor": "rgba(0,0,0,0)",
    };
    for (const axis of Object.keys(layout).filter((key) => /^[xy]axis\d*$/.test(key)))
      Object.assign(changes, {
        [`${axis}.gridcolor`]: grid,
        [`${axis}.linecolor`]: line,
        [`${axis}.tickcolor`]: line,
        [`${axis}.zerolinecolor`]: grid,
      });
    layout.sliders?.forEach((_, i) => Object.assign(changes, {
      [`sliders[${i}].bgcolor`]: raised,
      [`sliders[${i}].activebgcolor`]: active,
      [`sliders[${i}].bordercolor`]: line,
      [`sliders[${i}].tickcolor`]: line,
      [`sliders[${i}].currentvalue.font.color`]: text,
    }));
    layout.updatemenus?.forEach((_, i) => Object.assign(changes, {
      [`updatemenus[${i}].bgcolor`]: raised,
      [`updatemenus[${i}].bordercolor`]: line,
      [`updatemenus[${i}].font.color`]: text,
    }));
    return changes;
  }

  async function draw(figure) {
    const { data, layout, frames } = embedded(figure);
    const plot = figure.querySelector(".ibtools-plot");
    await loadScript("plotly.min.js");
    // A fixed width would not fit a phone; on a touch screen a drag has to scroll the page.
    const { width, ...rest } = { ...layout, autosize: true };
    if (matchMedia("(pointer: coarse)").matches) rest.dragmode = false;
    // The bar of tools would hide points, and its tools do nothing on axes that stay put.
    const config = { responsive: true, displaylogo: false, displayModeBar: false };
    await Plotly.newPlot(plot, { data, layout: rest, frames, config });
    await Plotly.relayout(plot, themeOf(plot));
    figure.classList.add("is-live");
  }

  new MutationObserver(() => {
    for (const plot of document.querySelectorAll(".ibtools-figure.is-live .ibtools-plot"))
      Plotly.relayout(plot, themeOf(plot));
  }).observe(document.documentElement, { attributeFilter: ["data-theme"] });

  /* ---------------------------------------------------------------- widgets */

  // The name by which an address calls a widget; the second of a kind is name-2.
  const seen = new Map();
  for (const widget of document.querySelectorAll(".ibtools-widget")) {
    const { address } = widget.dataset;
    seen.set(address, (seen.get(address) ?? 0) + 1);
    if (seen.get(address) > 1) widget.dataset.address = `${address}-${seen.get(address)}`;
  }

  // What anywidget gives a module in JupyterLab, without a kernel behind it.
  function modelOf(state, address) {
    const values = { ...state, address, live: false };
    const listeners = new Map();
    const fire = (event) => listeners.get(event)?.forEach((listener) => listener());
    return {
      get: (name) => values[name],
      set(name, value) {
        if (Object.is(values[name], value)) return;
        values[name] = value;
        fire(`change:${name}`);
      },
      on(event, listener) {
        if (!listeners.has(event)) listeners.set(event, new Set());
        listeners.get(event).add(listener);
      },
      off(event, listener) {
        if (listener) listeners.get(event)?.delete(listener);
        else listeners.delete(event);
      },
      save_changes() {},
      send() {},
    };
  }

  const modules = new Map();
  async function importModule(name) {
    await loadScript(`widgets/${name}.js`);
    // From a blob, since pages opened as files may not import from files.
    const blob = new Blob([window.ibtoolsWidgets[name]], { type: "text/javascript" });
    return (await import(URL.createObjectURL(blob))).default;
  }

  async function mount(container) {
    const { module: name, address } = container.dataset;
    if (!modules.has(name)) modules.set(name, importModule(name));
    const widget = await modules.get(name);
    const model = modelOf(embedded(container), address);
    await widget.initialize?.({ model });
    await widget.render({ model, el: container });
    container.classList.add("is-live");
  }

  // The browser itself goes to no place of that name: an address says more than where.
  function goToWidget() {
    const name = location.hash.slice(1).split("?")[0];
    for (const widget of document.querySelectorAll(".ibtools-widget"))
      if (widget.dataset.address === name) widget.scrollIntoView();
  }
  addEventListener("hashchange", goToWidget);
  addEventListener("load", goToWidget);

  /* ---------------------------------------------------------------- when seen */

  function fail(container, error) {
    const message = document.createElement("p");
    message.className = "ibtools-error";
    message.textContent = `This could not be shown: ${error.message}`;
    container.append(message);
  }

  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      const start = target.matches(".ibtools-figure") ? draw : mount;
      start(target).catch((error) => fail(target, error));
    }
  }, { rootMargin: NEAR });
  document.querySelectorAll(".ibtools-figure, .ibtools-widget").forEach((el) => observer.observe(el));
})();
