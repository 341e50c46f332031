"""Puts the training package's folder on the path and holds the made-up motion the tests share."""

import sys
from pathlib import Path

import numpy as np
import pytest
import torch

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
torch.set_num_threads(1)

from config import Config, LibraryConfig, ModelConfig, TrainConfig  # noqa: E402
from synthetic import walking_clip  # noqa: E402


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(5)


@pytest.fixture
def small_config() -> Config:
    """Every size cut down so that a training step takes milliseconds; T, J and the pipeline are the real ones."""
    return Config(
        model=ModelConfig(d_model=16, d_inner=16, heads=2, d_head=8, encoder_layers=1, shared_layers=1, local_layers=1, global_layers=1),
        library=LibraryConfig(prototypes=40, kmeans_iterations=3),
        train=TrainConfig(batch=16, pool_windows=160, warmup_steps=2),
    )


@pytest.fixture
def three_persons() -> dict[str, np.ndarray]:
    """The arrays of prepare.py for persons A, B and C, two clips each, in the order A A B B C C."""
    clips = [walking_clip(260, 120.0, seed) for seed in range(6)]
    return {
        "positions": np.concatenate(clips),
        "starts": np.cumsum([0] + [len(clip) for clip in clips]),
        "names": np.array([f"clip-{n}" for n in range(6)]),
        "persons": np.array(list("AABBCC")),
    }
