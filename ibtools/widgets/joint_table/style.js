// How the joint table looks.

import { colourOf } from "../kit/charts.js";

export const TABLE_STYLE = `
.joint-table .charts { gap: 12px 36px; margin-top: 12px;
  grid-template-columns: min(46%, 28px + var(--columns) * 110px) minmax(0, 1fr); }
.joint-table .state { color: var(--ink);
  font-variant-numeric: tabular-nums; min-height: 2.8em; }
.joint-table .table { display: grid; gap: 6px; align-items: center;
  font-variant-numeric: tabular-nums;
  grid-template-columns: 28px repeat(var(--columns), minmax(0, 104px)); }
.joint-table .head { color: var(--soft); font-size: 13px; text-align: center; }
.joint-table .cell { position: relative; aspect-ratio: 1; min-height: 38px; cursor: ns-resize;
  user-select: none; background: var(--raised); border: 1px solid var(--line); border-radius: 4px; }
.joint-table .cell > span { position: absolute; inset: 0; margin: auto; }
.joint-table .mass { width: var(--side); height: var(--side); background: var(--ink);
  opacity: 0.28; }
.joint-table .grip { width: max(38px, var(--side)); height: max(38px, var(--side));
  max-width: 100%; touch-action: none; }
.joint-table .cell > .share { top: auto; text-align: center; font-size: 13px;
  pointer-events: none; }
.joint-table .edge { font-size: 13px; display: grid; gap: 2px; }
.joint-table .amount { height: 12px; border: 1px solid var(--ink); }
.joint-table .of-x .amount { background: ${colourOf(0)}; }
.joint-table .of-y .amount { background: ${colourOf(1)}; }
.joint-table .bar-of { stroke: var(--ink); fill-opacity: 0.55; }
.joint-table .both { color: var(--soft); fill-opacity: 0.35; }
.joint-table .whole { fill-opacity: 1; }
.joint-table .overlap { opacity: 0.3; }
.joint-table .guide { stroke: var(--ink); stroke-dasharray: 3 3; }
.joint-table .leader { stroke: var(--soft); }
@container (max-width: 639px) {
  .joint-table .charts { grid-template-columns: minmax(0, 1fr); }
}
`;
