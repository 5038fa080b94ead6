"""The fine-tuned encoder: calibrated chances for every label, in English and Russian, with their evidence."""

from __future__ import annotations

from .reader import Model
from .scores import AgentScores, CustomerScores, Flagged, Stretch
from .weights import WeightsFault, default_folder

__all__ = ["AgentScores", "CustomerScores", "Flagged", "Model", "Stretch", "WeightsFault", "default_folder"]
