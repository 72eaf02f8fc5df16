export const LAB_STYLE = `
.ibtools-lab summary { cursor: pointer; padding: 8px 0; font-weight: 600; display: list-item;
  list-style: inside disclosure-closed; }
.ibtools-lab details[open] > summary { list-style-type: disclosure-open; }
.ibtools-lab fieldset { display: grid; gap: 6px; align-content: start; min-width: 0; margin: 0;
  padding: 6px 10px 10px; border: 1px solid var(--line); border-radius: 6px; }
.ibtools-lab legend { float: none; width: auto; margin: 0; padding: 0 6px; font: inherit;
  font-weight: 600; font-size: 13px; }
.ibtools-lab .experiment { display: grid; gap: 8px; margin: 0 0 10px;
  grid-template-columns: repeat(3, minmax(0, 1fr)); }
.ibtools-lab .experiment :is(select, input) { padding: 0 6px; }
.ibtools-lab .experiment fieldset { padding: 6px 8px 8px; }
.ibtools-lab .experiment fieldset { grid-template-columns: repeat(2, minmax(0, 1fr)); }
.ibtools-lab .experiment fieldset:first-child > label:first-of-type { grid-column: 1 / -1; }
.ibtools-lab .ruler { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 6px 24px;
  align-items: end; }
.ibtools-lab :is(.ruler[hidden], .ruler [hidden]) { display: none; }
.ibtools-lab .asked { grid-template-columns: minmax(0, 2fr) minmax(0, 1fr); }
.ibtools-lab .bar { margin: 8px 0; }
.ibtools-lab .bar .wide { flex: 1 1 240px; }
.ibtools-lab .primary { color: #ffffff; background: #0063a0; border-color: #0063a0; font-weight: 600; }
.ibtools-lab .foot { justify-content: flex-end; margin-bottom: 0; }
.ibtools-lab .curves { display: grid; gap: 8px; align-content: start; min-width: 0; }
.ibtools-lab .histograms { display: grid; gap: 8px; margin-top: 8px;
  grid-template-columns: repeat(auto-fit, minmax(96px, 1fr)); }
.ibtools-lab .trail { fill: none; stroke-width: 2; opacity: 0.7; }
.ibtools-lab .trail.ghost { stroke-dasharray: 2 4; opacity: 0.8; }
.ibtools-lab circle.ghost { fill: var(--ground); stroke-width: 2; stroke-dasharray: 2 2; }
.ibtools-lab text.of-ghost { fill: var(--soft); font-weight: 400; font-style: italic; }
.ibtools-lab .point { opacity: 0.35; }
.ibtools-lab .band { stroke-width: 4; opacity: 0.3; }
.ibtools-lab .mean { stroke: var(--ground); stroke-width: 1.5; }
.ibtools-lab .train, .ibtools-lab .test { fill: none; stroke: var(--ink); stroke-width: 2; }
.ibtools-lab .test { stroke: var(--accent); stroke-dasharray: 5 3; }
.ibtools-lab .ratio { fill: none; stroke-width: 1.5; }
.ibtools-lab .even { stroke: var(--soft); stroke-dasharray: 5 4; }
.ibtools-lab .cursor { stroke: var(--soft); stroke-dasharray: 2 2; }
.ibtools-lab .about { margin: 4px 0 0; color: var(--soft); }
@container (max-width: 620px) {
  .ibtools-lab .asked { grid-template-columns: minmax(0, 1fr); }
  .ibtools-lab .experiment { grid-template-columns: minmax(0, 1fr); }
  .ibtools-lab .ruler { grid-template-columns: minmax(0, 1fr); }
}
`;
