"""Checkers for the exercises of Opening the black box."""

from ibtools.check.opening_the_black_box.binned_information import binned_information
from ibtools.check.opening_the_black_box.ceiling import ceiling
from ibtools.check.opening_the_black_box.signal_to_noise import signal_to_noise

__all__ = ["binned_information", "ceiling", "signal_to_noise"]
