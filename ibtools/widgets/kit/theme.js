// The look of every widget, and how it follows the theme of the page around it.

export function followTheme(root) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const site = document.documentElement.dataset.theme;
    const lab = document.body.dataset.jpThemeLight;
    const dark = site ? site === "dark" : lab ? lab === "false" : system.matches;
    root.dataset.shade = dark ? "dark" : "light";
  };
  const observer = new MutationObserver(apply);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  observer.observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
  system.addEventListener("change", apply);
  apply();
  return () => {
    observer.disconnect();
    system.removeEventListener("change", apply);
  };
}

export const STYLE = `
.ibtools-lab { --ink: #1f2328; --soft: #59636e; --line: #d5dae0; --ground: #ffffff; --raised: #f4f6f8;
  --accent: #0063a0; --alarm: #b3261e; container-type: inline-size; box-sizing: border-box;
  max-width: 100%; padding: 12px; color: var(--ink); background: var(--ground);
  border: 1px solid var(--line); border-radius: 8px; font: 14px/1.4 system-ui, sans-serif; }
.ibtools-lab[data-shade="dark"] { --ink: #e8eaed; --soft: #a9b1ba; --line: #3d444d; --ground: #16191d;
  --raised: #22272e; --accent: #6cb6ff; --alarm: #ff8a80; color-scheme: dark; }
.ibtools-lab[data-shade="light"] { color-scheme: light; }
.ibtools-lab * { box-sizing: border-box; }
.ibtools-lab label { display: flex; flex-direction: column; gap: 2px; min-width: 0; margin: 0; }
.ibtools-lab label > span { color: var(--soft); font-size: 13px; }
.ibtools-lab :is(button, select, input) { font: inherit; color: inherit; margin: 0; }
.ibtools-lab :where(button, select, input:not([type="range"])) { height: 38px; padding: 0 10px;
  width: 100%; max-width: 100%; background: var(--raised); border: 1px solid var(--line);
  border-radius: 6px; }
.ibtools-lab button { width: auto; min-width: 76px; cursor: pointer; border-radius: 6px; }
.ibtools-lab :is(button, select, input):disabled { opacity: 0.55; cursor: default; }
.ibtools-lab :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.ibtools-lab .bar { display: flex; flex-wrap: wrap; gap: 8px; align-items: end; }
.ibtools-lab .timeline { display: flex; gap: 12px; align-items: center; margin: 8px 0; }
.ibtools-lab .timeline input { flex: 1; min-width: 0; height: 38px; accent-color: var(--accent); }
.ibtools-lab .timeline span { min-width: 92px; font-variant-numeric: tabular-nums; }
.ibtools-lab .slider { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 2px 12px;
  align-items: center; }
.ibtools-lab .slider > input { min-width: 0; height: 38px; accent-color: var(--accent); }
.ibtools-lab .slider > .value { min-width: 64px; text-align: right; font-variant-numeric: tabular-nums; }
.ibtools-lab .controls { display: grid; gap: 4px 24px;
  grid-template-columns: repeat(auto-fit, minmax(min(260px, 100%), 1fr)); }
.ibtools-lab:fullscreen { padding: 24px; overflow: auto; border: 0; border-radius: 0; font-size: 18px; }
.ibtools-lab .round-handle { position: absolute; width: 38px; height: 38px; margin: -19px;
  border-radius: 50%; touch-action: none; cursor: grab; display: grid; place-items: center; }
.ibtools-lab .round-handle::after { content: ""; width: 16px; height: 16px; border-radius: 50%;
  background: var(--ink); border: 3px solid var(--ground); box-shadow: 0 0 0 1.5px var(--ink); }
.ibtools-lab .state { margin: 8px 0 0; color: var(--soft); min-height: 1.4em; }
.ibtools-lab .alarm { margin: 8px 0 0; padding: 6px 10px; color: var(--alarm); overflow-wrap: anywhere;
  border: 1px solid currentColor; border-radius: 6px; }
.ibtools-lab .alarm:empty { display: none; }
.ibtools-lab .charts { display: grid; gap: 12px; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); }
.ibtools-lab .caption { margin: 8px 0 0; color: var(--soft); font-size: 13px; }
.ibtools-lab svg { display: block; width: 100%; overflow: visible; }
.ibtools-lab text { fill: var(--soft); font: 12px system-ui, sans-serif; }
.ibtools-lab text.name { fill: var(--ink); font-weight: 600; paint-order: stroke;
  stroke: var(--ground); stroke-width: 3px; }
.ibtools-lab .grid, .ibtools-lab .base { stroke: var(--line); }
.ibtools-lab .beyond { fill: var(--soft); opacity: 0.16; }
.ibtools-lab .limit { fill: none; stroke: var(--soft); stroke-width: 1.5; }
@container (max-width: 620px) { .ibtools-lab .charts { grid-template-columns: minmax(0, 1fr); } }
`;
