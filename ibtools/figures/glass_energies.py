"""Where descents end in spin glasses, and how many critical points theory allows there."""

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.animation import moving_panels, with_slider
from ibtools.figures.theme import TEXT, layer_colour, rounded, styled, translucent
from ibtools.questions import Findings
from ibtools.questions.landscape import complexity, lowest_energy, threshold_energy

ENDS = layer_colour(0)
INDICES = ((0, layer_colour(0)), (1, layer_colour(1)), (2, layer_colour(2)), (10, layer_colour(5)))
LOW, HIGH = -1.75, -1.15


def glass_energies(findings: Findings) -> go.Figure:
    """Above, energies at the end of descent; below, the complexity of critical points by index.

    findings: of `ibtools.questions.landscape.spin_glass_descents`.  The slider adds spins. The
    grey band lies between the threshold and the ground state of infinitely many spins.
    """
    sizes = findings.settings["sizes"]
    edges = np.arange(LOW, HIGH + 0.005, 0.01)
    energies = np.linspace(LOW, HIGH, 240)
    theory = [
        _curve(energies, complexity(energies, 3, index=index), colour) for index, colour in INDICES
    ]
    frames = []
    for i, size in enumerate(sizes):
        counts, _ = np.histogram(findings["energy"][i].astype(float), edges)
        share = 100 * counts / findings["energy"][i].size
        bars = go.Bar(
            x=rounded((edges[1:] + edges[:-1]) / 2),
            y=rounded(share, 2),
            marker={"color": ENDS},
            hovertemplate="%{y} %<extra></extra>",
        )
        frames.append(go.Frame(name=str(size), data=[bars, *theory]))
    figure = moving_panels(frames, [1] + [2] * len(theory), vertical_spacing=0.13)
    told = "; ".join(
        f"{size} spins {row.mean():.3f} ± {row.std():.3f}"
        for size, row in zip(sizes, findings["energy"].astype(float), strict=True)
    )
    edge, ground = threshold_energy(3), lowest_energy(3)
    styled(
        figure, x="", y="", height=640,
        summary=f"Energy per spin where descent ends: {told}. With infinitely many spins the "
        f"band of low critical points goes from {-ground:.3f} to {-edge:.3f}.",
    )  # fmt: skip
    for row in (1, 2):
        figure.add_vrect(
            x0=-ground, x1=-edge, fillcolor=translucent(TEXT, 0.4), line_width=0, row=row, col=1
        )
    figure.update_xaxes(range=[LOW, HIGH])
    figure.update_xaxes(title_text="energy per spin", row=2, col=1)
    figure.update_yaxes(title_text="% of descents", range=[0, 22], row=1, col=1)
    figure.update_yaxes(title_text="ln(number) / spins", range=[-0.06, 0.025], row=2, col=1)
    for k, (index, colour) in enumerate(INDICES):
        figure.add_annotation(
            x=HIGH, y=0.004 - 0.014 * k, xref="x2", yref="y2", xanchor="right", showarrow=False,
            text=f"{index} way{'s' * (index != 1)} down", font={"color": colour},
        )  # fmt: skip
    return with_slider(figure, [f"{size} spins" for size in sizes], prefix="")


def _curve(x: np.ndarray, y: np.ndarray, colour: str) -> go.Scatter:
    line = {"color": colour, "width": 2}
    return go.Scatter(x=rounded(x), y=rounded(y, 4), mode="lines", line=line, hoverinfo="skip")
