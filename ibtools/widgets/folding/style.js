// How the folded sheet looks.

export const FOLDING_STYLE = `
.folding .charts {
  grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); margin-top: 8px; }
.folding .controls { align-items: end; }
.folding .folds { grid-column: 1 / -1; display: flex; gap: 12px; align-items: center; }
.folding .folds > label { flex: 1; }
.folding .state { color: var(--ink);
  font-variant-numeric: tabular-nums; min-height: 2.8em; }
.folding .sheet { position: relative; }
.folding .paper { fill: color-mix(in srgb, var(--hue) 22%, var(--ground)); stroke: var(--soft); }
.folding .fine .paper { stroke-width: 0.5; }
.folding .paper.on { fill: color-mix(in srgb, var(--hue) 72%, var(--ground)); }
.folding .cut { stroke: var(--ink); stroke-width: 2.5; }
.folding .straight { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 5 4; }
@container (max-width: 639px) {
  .folding .charts { grid-template-columns: minmax(0, 1fr); }
}
`;
