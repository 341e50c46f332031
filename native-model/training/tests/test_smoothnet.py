"""SmoothNet: each row by itself, heights do not matter, padding does not count."""

from itertools import islice

import pytest
import torch

from config import SmoothNetConfig
from smoothnet import SmoothNet, smoothing_losses, to_channels
from train_smoothnet import window_batches

SMALL = SmoothNetConfig(width=24, inner=8, blocks=2)


def trained_like(window: int) -> SmoothNet:
    torch.manual_seed(2)
    model = SmoothNet(window, SMALL)
    torch.nn.init.normal_(model.decode.weight, std=0.1)  # a zero decoder would hide the rest of the network
    return model.eval()


@pytest.mark.parametrize("window", [8, 32, 64])
def test_a_constant_added_to_a_row_is_added_to_its_result_and_touches_no_other_row(window):
    model = trained_like(window)
    rows = torch.randn(5, window) * 0.1
    moved = rows.clone()
    moved[2] += 3.5
    expected = model(rows)
    assert (expected - rows).abs().max() > 1e-3  # the network did something
    expected[2] += 3.5
    assert torch.allclose(model(moved), expected, atol=1e-5)


def test_untrained_it_leaves_every_row_as_it_is():
    rows = torch.randn(3, 8)
    assert torch.equal(SmoothNet(8, SMALL).eval()(rows), rows)


def test_it_has_as_many_blocks_and_weights_as_configured():
    c = SmoothNetConfig()
    weights = sum(p.numel() for p in SmoothNet(32, c).parameters())
    assert weights == 33 * 512 + 5 * (513 * 128 + 129 * 512) + 513 * 32


def test_channels_are_the_pelvis_path_and_joints_relative_to_it():
    motion = torch.randn(2, 6, 17, 3)
    rows = to_channels(motion).view(2, 17, 3, 6)
    assert torch.equal(rows[1, 0, 2], motion[1, :, 0, 2])
    assert torch.allclose(rows[1, 5, 1], motion[1, :, 5, 1] - motion[1, :, 0, 1])


def test_frames_of_weight_0_do_not_count():
    truth = torch.zeros(2, 10)
    smoothed = torch.zeros(2, 10)
    weight = torch.ones(2, 10)
    smoothed[:, 7:] = 9.0
    weight[:, 7:] = 0
    assert smoothing_losses(smoothed, truth, weight, SMALL)["loss"] == 0
    smoothed[0, 3] = 1.4  # |error| 1.4 of 14 frames; |change| 1.4 + 2.8 + 1.4 of 10 accelerations
    figures = smoothing_losses(smoothed, truth, weight, SMALL)
    assert figures["position"].item() == pytest.approx(0.1)
    assert figures["acceleration"].item() == pytest.approx(0.56)


def test_batches_cut_window_truth_and_weight_at_the_same_frames():
    frame = torch.arange(96.0).view(1, 96, 1, 1).expand(4, 96, 17, 3)
    chunks = {"window": frame + 0.25, "truth": frame.clone(), "weight": torch.arange(96.0).expand(4, 96)}
    c = SmoothNetConfig(batch=4)
    for batch in islice(window_batches(iter([chunks]), 32, c, "cpu"), c.passes):
        pelvis = batch["truth"].view(4, 51, 32)[:, 0]
        assert batch["window"].shape == batch["weight"].shape == (4 * 51, 32)
        assert torch.equal(batch["window"].view(4, 51, 32)[:, 0], pelvis + 0.25)
        assert torch.equal(batch["weight"].view(4, 51, 32)[:, 7], pelvis)
        assert (pelvis.diff(dim=1) == 1).all()
