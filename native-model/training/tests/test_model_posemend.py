"""The `posemend` network: what must hold whatever its weights are."""

from dataclasses import replace

import pytest
import torch

from config import SequenceConfig
from export_posemend import OUTPUTS, Shipped, example_inputs
from model_posemend import PoseMend, sequence_losses, turned
from config import Config

SMALL = SequenceConfig(window=24, width=16, heads=2, dilations_local=(1, 2), dilations_global=(1, 2))
CONFIG = replace(Config(), sequence=SMALL)


@pytest.fixture
def model() -> PoseMend:
    torch.manual_seed(0)
    model = PoseMend(SMALL).eval()
    for parameter in model.parameters():  # heads start at zero; a law must hold for any weights
        torch.nn.init.normal_(parameter, std=0.1)
    return model


def inputs(count: int = 3):
    return list(example_inputs(CONFIG, count))


def test_an_untrained_network_leaves_what_was_seen_as_it_is():
    window, valid, *others = inputs()
    with torch.no_grad():
        final, position, acceleration, before, after = PoseMend(SMALL).eval()(window, valid, *others)
    seen = valid > 0
    for out in (final, position, acceleration):
        assert float((out - window)[seen].abs().max()) < 1e-5
    assert before.shape == after.shape == (3, 24, 17)


def test_turning_and_moving_the_clip_turns_and_moves_the_result(model):
    window, valid, bones, step, reference, spread, distance, known = inputs()
    heading = torch.tensor([[0.6, 0.8]]).expand(3, 2)
    shift = torch.tensor([3.0, -1.0, 2.0])
    with torch.no_grad():
        here = model(window, valid, bones, step, reference, spread, distance, known)
        there = model(turned(window, heading) + shift, valid, bones, step, turned(reference, heading) + shift, spread, distance, known)
    assert torch.allclose(there[0], turned(here[0], heading) + shift, atol=2e-4)
    assert torch.allclose(there[3], here[3], atol=2e-4)


def test_joints_nobody_saw_do_not_matter(model):
    """But the pelvis, whose place is needed; the engine fills it in."""
    window, valid, *others = inputs()
    broken = torch.where(valid[..., None] > 0, window, window + 7)
    broken[:, :, 0] = window[:, :, 0]
    with torch.no_grad():
        first, second = model(window, valid, *others), model(broken, valid, *others)
    for a, b in zip(first, second):
        assert torch.allclose(a, b, atol=1e-5)


def test_without_references_their_numbers_do_not_matter(model):
    window, valid, bones, step, reference, spread, distance, _ = inputs()
    none = torch.zeros(3)
    with torch.no_grad():
        first = model(window, valid, bones, step, reference, spread, distance, none)
        second = model(window, valid, bones, step, reference + 5, spread + 1, distance + 1, none)
        third = model(window, valid, bones, step, reference + 5, spread + 1, distance + 1, none + 1)
    assert torch.allclose(first[0], second[0], atol=1e-5)
    assert not torch.allclose(first[0], third[0], atol=1e-3)


def test_the_loss_is_smallest_for_the_truth():
    window, valid, *_ = inputs()
    errors = torch.zeros(3, 24, 17)
    batch = {"window": window, "truth": window, "valid": valid, "weight": torch.ones(3, 24)}
    exact = sequence_losses((window, window, window, errors, errors), batch, SMALL)
    off = window.clone()
    off[:, :, 7] += 0.02
    wrong = sequence_losses((off, off, off, errors, errors), batch, SMALL)
    assert float(exact["final"]) < 2e-4
    # One joint of 17 is off by 20 * sqrt(3) mm.
    assert float(wrong["final"]) == pytest.approx(0.02 * 3**0.5 / 17, rel=0.05)
    assert float(wrong["loss"]) > float(exact["loss"])


def test_frames_without_weight_do_not_count():
    window, valid, *_ = inputs()
    off = window.clone()
    off[:, 10:, 3] += 1
    weight = torch.ones(3, 24)
    weight[:, 10:] = 0
    errors = torch.zeros(3, 24, 17)
    batch = {"window": window, "truth": window, "valid": valid, "weight": weight}
    assert float(sequence_losses((off, off, off, errors, errors), batch, SMALL)["final"]) < 2e-4


def test_surprise_is_the_whitened_distance_from_the_mean_pose(model):
    mean, whiten = torch.zeros(48), torch.eye(48)
    with torch.no_grad():
        outputs = dict(zip(OUTPUTS, Shipped(model, mean, whiten)(*inputs())))
        double = dict(zip(OUTPUTS, Shipped(model, mean, 2 * whiten)(*inputs())))
    assert outputs["surprise"].shape == (3, 24)
    assert torch.allclose(double["surprise"], 2 * outputs["surprise"], rtol=1e-3)
