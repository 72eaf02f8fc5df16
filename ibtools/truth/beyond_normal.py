"""The 40 tasks of "Beyond Normal": the same dependences in many disguises.

A few base laws (normal, Student-t, uniform with noise) and one-to-one maps of them. Since such maps
keep I[X;Y], every task's truth is the formula of its base; an estimator that is exact for the base
and wrong for the disguise is measuring the disguise.

Source: Czyż, Grabowski, Vogt, Beerenwinkel & Marx (2023), "Beyond Normal: On the Evaluation of
Mutual Information Estimators", NeurIPS, arXiv:2306.15447. Names, dimensions and truths agree with
the authors' package; see tests/truth.
"""

from dataclasses import replace

import numpy as np
from scipy.special import ndtr

from ibtools.truth.additive_noise import uniform_with_noise
from ibtools.truth.gaussian import correlated_gaussians, dense_gaussians, two_gaussian_pairs
from ibtools.truth.law import Law
from ibtools.truth.student import student_pairs
from ibtools.truth.transforms import bimodal, half_cube, spiral, swiss_roll, wiggly_x, wiggly_y

SOURCE = "Czyż et al. 2023, arXiv:2306.15447"


def _alike(law: Law, prefix: str, of_both) -> Law:
    return law.mapped(f"{prefix} @ {law.name}", of_both, of_both)


def _wound(law: Law) -> Law:
    of_x, of_y = spiral(law.d_x, 0, 1), spiral(law.d_y, 1, 2)
    return law.mapped(f"Spiral @ {law.name}", of_x, of_y)


def _one_dimensional() -> list[Law]:
    normal = replace(correlated_gaussians(1, 0.75), name="Bivariate normal 1 × 1", source=SOURCE)
    uniform = _alike(normal, "Normal CDF", ndtr)
    student = student_pairs(1, 1, source=SOURCE)
    return [
        normal,
        uniform,
        uniform_with_noise(0.1, source=SOURCE),
        uniform_with_noise(0.75, source=SOURCE),
        uniform.mapped("Bimodal 1 × 1", bimodal(0.3, 0, 5), bimodal(0.5, -1, 3)),
        normal.mapped(f"Wiggly @ {normal.name}", wiggly_x, wiggly_y),
        _alike(normal, "Half-cube", half_cube),
        student,
        _alike(student, "Asinh", np.arcsinh),
        uniform.mapped("Swiss roll 2 × 1", swiss_roll, d_x=2),
    ]


def beyond_normal() -> tuple[Law, ...]:
    """The 40 laws, in the order of the paper's list: d from 1 to 50, I from 0.26 to 2.47 bits."""
    dense = [dense_gaussians(d, source=SOURCE) for d in (2, 3, 5, 25, 50)]
    sparse = [two_gaussian_pairs(d, source=SOURCE) for d in (2, 3, 5, 25)]
    shapes = [(2, 1), (2, 2), (3, 2), (3, 3), (5, 2), (5, 3)]
    student = {shape: student_pairs(*shape, source=SOURCE) for shape in shapes}
    base = sparse[1:]
    uniform = [_alike(law, "Normal CDF", ndtr) for law in base]
    return (
        *_one_dimensional(),
        *dense,
        *sparse,
        *student.values(),
        *uniform,
        *(_alike(law, "Half-cube", half_cube) for law in base),
        *(_wound(law) for law in base),
        *(_wound(law) for law in uniform),
        *(_alike(student[shape], "Asinh", np.arcsinh) for shape in [(2, 1), (3, 2), (5, 2)]),
    )
