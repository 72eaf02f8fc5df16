"""Decimation of the Ising chain: what the remaining spins keep, and what their coupling loses."""

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ibtools.figures.animation import with_slider
from ibtools.figures.ring import ring
from ibtools.figures.theme import TEXT, layer_colour, rounded, styled
from ibtools.information.validation import positive, whole_number
from ibtools.questions.renormalization import correlation_length, decimated_coupling

KEPT, LOST = layer_colour(0), layer_colour(5)


def decimated_chain(coupling: float = 1.5, *, steps: int = 6, reach: int = 48) -> go.Figure:
    """Above, correlation against distance in the first chain; below, the coupling at each step.

    The slider goes through the steps: dots above are the spins still there, which stay on the curve
    of the first chain; the coupling goes to 0. reach: the farthest distance, in first sites.
    """
    positive(coupling, "coupling")
    steps, reach = whole_number(steps, "steps"), whole_number(reach, "reach")
    flow = [coupling]
    for _ in range(steps):
        flow.append(decimated_coupling(flow[-1]))
    distances = np.arange(reach + 1)
    figure = make_subplots(rows=2, row_heights=[0.6, 0.4], vertical_spacing=0.2)
    curve = go.Scatter(
        x=distances.tolist(),
        y=rounded(np.tanh(coupling) ** distances, 4),
        mode="lines",
        line={"color": TEXT, "width": 1.5},
        hoverinfo="skip",
    )
    figure.add_trace(curve, row=1, col=1)
    for trace, panel in zip(_frame(flow, 0, reach), (1, 2, 2), strict=True):
        figure.add_trace(trace, row=panel, col=1)
    figure.frames = [
        go.Frame(name=str(k), data=_frame(flow, k, reach), traces=[1, 2, 3])
        for k in range(steps + 1)
    ]
    lengths = [correlation_length(each) for each in flow]
    styled(
        figure,
        x="",
        y="",
        height=640,
        summary=f"An Ising chain of coupling {coupling:g}, every other spin summed out again and "
        f"again. The correlation of the spins that remain stays as it was. Their coupling falls: "
        f"{', '.join(f'{each:.2f}' for each in flow)}; the correlation length in units of the "
        f"remaining sites halves: {', '.join(f'{each:.2f}' for each in lengths)}.",
    )
    across = {"range": [-1, reach + 1], "row": 1, "col": 1}
    figure.update_xaxes(title_text="distance, in sites of the first chain", **across)
    figure.update_yaxes(title_text="correlation ⟨s₀ sᵣ⟩", range=[0, 1.06], row=1, col=1)
    figure.update_xaxes(
        title_text="steps of decimation", range=[-0.3, steps + 0.3], dtick=1, row=2, col=1
    )
    figure.update_yaxes(title_text="coupling J", range=[0, 1.2 * coupling], row=2, col=1)
    for text, colour, x, y, panel in (
        ("kept: the spins still there<br>stay on the curve", KEPT, 0.97 * reach, 0.8, 1),
        ("lost: their coupling", LOST, steps, 0.8 * coupling, 2),
    ):
        figure.add_annotation(
            text=text,
            font={"color": colour},
            align="right",
            xanchor="right",
            showarrow=False,
            x=x,
            y=y,
            row=panel,
            col=1,
        )
    labels = [
        f"{k}: J = {each:.3g}, ξ = {length:.3g} own sites"
        for k, (each, length) in enumerate(zip(flow, lengths, strict=True))
    ]
    return with_slider(figure, labels, prefix="step ")


def _frame(flow: list[float], k: int, reach: int) -> list[go.Scatter]:
    kept = np.arange(0, reach + 1, 2**k)
    own = np.tanh(flow[k]) ** (kept // 2**k)
    dots = {"mode": "markers", "marker": {"color": KEPT, "size": 9}}
    line = {"mode": "lines+markers", "line": {"color": LOST, "width": 2}}
    return [
        go.Scatter(x=kept.tolist(), y=rounded(own, 4), **dots),
        go.Scatter(x=list(range(len(flow))), y=rounded(np.array(flow), 4), **line),
        ring(k, flow[k], colour=LOST),
    ]
