"""Four units multiply: what they say, and how far off they are, by the scale of their inputs."""

import numpy as np
import plotly.graph_objects as go

from ibtools.figures.animation import moving_panels, with_slider
from ibtools.figures.ring import ring
from ibtools.figures.theme import TEXT, layer_colour, significant, styled
from ibtools.questions.distillation import multiplication_gate

SCALES = (2.0, 1.0, 0.5, 0.25, 0.1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7)
GATES = (("softplus", 0.0), ("sigmoid", 1.0), ("tanh", 0.5))
AT = (1.3, 0.7)


def multiplying_gate() -> go.Figure:
    """Above, three gates' answers to 1 · v; below, their relative error at 1.3 · 0.7.

    The slider changes the scale λ of the inputs.
    """
    v = np.linspace(-4, 4, 41)
    fine = np.logspace(np.log10(SCALES[0]), np.log10(SCALES[-1]), 80)
    answers = {name: _errors(name, bias, fine) for name, bias in GATES}
    frames = []
    for scale in SCALES:
        traces = [_line(v, v, TEXT, "dot")]
        for i, (name, bias) in enumerate(GATES):
            m = multiplication_gate(1.0, v, activation=name, bias=bias, scale=scale)
            traces.append(_line(v, np.clip(m, -9, 9), layer_colour(i)))
        for i, (name, bias) in enumerate(GATES):
            traces.append(_line(fine, answers[name], layer_colour(i)))
            error = _errors(name, bias, np.array([scale]))[0]
            traces.append(ring(scale, error, colour=layer_colour(i)))
        frames.append(go.Frame(name=f"{scale:g}", data=traces))
    figure = moving_panels(frames, [1] * 4 + [2] * 6, start=1, vertical_spacing=0.17)
    least = {name: (errors.min(), fine[errors.argmin()]) for name, errors in answers.items()}
    told = "; ".join(f"{name} {low:.0e} at λ = {at:.0e}" for name, (low, at) in least.items())
    styled(
        figure, x="", y="", height=680,
        summary="Gates of four units, by the scale of their inputs. Their relative error falls "
        f"with the square of the scale until rounding makes it rise. Least errors: {told}.",
    )  # fmt: skip
    figure.update_xaxes(title_text="v", row=1, col=1)
    figure.update_yaxes(title_text="gate's answer to 1 · v", range=[-4.6, 4.6], row=1, col=1)
    powers = {"type": "log", "exponentformat": "power", "row": 2, "col": 1}
    figure.update_xaxes(title_text="scale λ of the inputs", range=[0.5, -7.2], dtick=2, **powers)
    figure.update_yaxes(
        title_text=f"relative error, {AT[0]} · {AT[1]}", range=[-11, 1], dtick=3, **powers
    )
    for i, (name, _) in enumerate(GATES):
        figure.add_annotation(
            x=-3.9, y=3.9 - 0.95 * i, xref="x", yref="y", xanchor="left", showarrow=False,
            text=name, font={"color": layer_colour(i)},
        )  # fmt: skip
    labels = [f"λ = {scale:g}" for scale in SCALES]
    return with_slider(figure, labels, prefix="", redraw=True, start=1)


def _errors(name: str, bias: float, scales: np.ndarray) -> np.ndarray:
    """Sizes of the relative error at AT; one that is 0 by chance of rounding counts as 1e-16."""
    gates = [multiplication_gate(*AT, activation=name, bias=bias, scale=float(s)) for s in scales]
    return np.maximum(np.abs(np.array(gates) / np.prod(AT) - 1), 1e-16)


def _line(x: np.ndarray, y: np.ndarray, colour: str, dash: str = "solid") -> go.Scatter:
    line = {"color": colour, "width": 2, "dash": dash}
    return go.Scatter(x=significant(x), y=significant(y), mode="lines", line=line, hoverinfo="skip")
