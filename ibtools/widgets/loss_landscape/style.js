// How the loss landscape looks.

export const LANDSCAPE_STYLE = `
.loss-landscape .charts { gap: 12px 24px; margin-top: 8px;
  grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
.loss-landscape .state { color: var(--ink);
  font-variant-numeric: tabular-nums; min-height: 5.6em; }
.loss-landscape .bar > label { flex: 1 1 130px; }
.loss-landscape .bar > button { flex: 1 0 auto; }
.loss-landscape .bar > .descend { flex-basis: 6.6em; }
.loss-landscape .bar.foot { margin-top: 8px; }
.loss-landscape .bar.foot > button { flex: none; }
.loss-landscape .picture { position: relative; }
.loss-landscape .level { stroke: var(--accent); stroke-width: 0.75; stroke-opacity: 0.7;
  fill: color-mix(in srgb, var(--accent) var(--share), var(--ground)); }
.loss-landscape .map .grid { stroke: var(--soft); opacity: 0.3; }
.loss-landscape text.note { fill: var(--ink); paint-order: stroke;
  stroke: var(--ground); stroke-width: 3px; }
.loss-landscape .least { stroke: var(--ink); stroke-width: 2; }
.loss-landscape .walk { fill: none; stroke: var(--step); stroke-width: 1.5; }
.loss-landscape .beyond-map { stroke-dasharray: 4 4; }
.loss-landscape .stride { fill: var(--step); }
.loss-landscape .twin { fill: var(--ground); stroke: var(--step); stroke-width: 3; }
.loss-landscape .curve { fill: none; stroke: var(--step); stroke-width: 3; }
.loss-landscape .earlier { stroke-width: 1.5; opacity: 0.35; }
.loss-landscape .error { stroke: var(--soft); stroke-width: 1.5; stroke-dasharray: 2 3; }
.loss-landscape { --step: #c04f00; }
.loss-landscape[data-shade="dark"] { --step: #ff9d5c; }
.loss-landscape .here::after { width: 18px; height: 18px; background: var(--step); }
.loss-landscape .datum { cursor: ns-resize; }
.loss-landscape .datum::after { width: 15px; height: 15px; border-radius: 3px;
  border-width: 2px; background: var(--accent); }
@container (max-width: 639px) {
  .loss-landscape .charts { grid-template-columns: minmax(0, 1fr); }
}
@container (max-width: 760px) { .loss-landscape .state { min-height: 7em; } }
@container (max-width: 540px) { .loss-landscape .state { min-height: 8.4em; } }
@container (max-width: 400px) { .loss-landscape .state { min-height: 11.2em; } }
`;
