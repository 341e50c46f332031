"""HPR-Net: its weights, what they average, and its loss."""

import numpy as np
import pytest
import torch

from config import HprConfig
from hpr_net import HprNet, averaged
from rig_files import bvh_text
from rotations import conjugate, from_rotation_vectors, multiply, rig_clip
from train_hpr import make_sequences, rotation_losses, windows_around

IDENTITY = torch.tensor([0.0, 0.0, 0.0, 1.0])


@pytest.fixture
def model():
    torch.manual_seed(0)
    return HprNet(HprConfig()).eval()


def small_turns(*shape: int) -> torch.Tensor:
    return from_rotation_vectors(0.2 * torch.randn(*shape, 3, generator=torch.Generator().manual_seed(3)))


def test_weights_are_positive_and_sum_to_1(model):
    weights = model(small_turns(5, 17, 17))
    assert weights.shape == (5, 17) and (weights > 0).all()
    assert torch.allclose(weights.sum(1), torch.ones(5), atol=1e-6)
    assert weights.std(1).min() > 1e-4  # they tell frames apart


def test_a_rotation_that_stays_is_given_back_whatever_the_weights(model):
    weights = model(small_turns(2, 17, 17))
    still = from_rotation_vectors(torch.tensor([0.4, -0.2, 0.9])).float().expand(2, 17, 30, 4)
    assert torch.allclose(averaged(weights, still), still[:, 0], atol=1e-6)


def test_the_sign_of_a_quaternion_changes_nothing(model):
    rotations = small_turns(3, 17, 17)
    flipped = rotations.clone()
    flipped[:, ::3, 1::2] *= -1
    assert torch.allclose(model(flipped), model(rotations), atol=1e-6)
    weights = model(rotations)
    assert torch.allclose(averaged(weights, flipped), averaged(weights, rotations), atol=1e-6)


def test_averages_have_unit_length_and_lie_between():
    weights = torch.zeros(1, 17)
    weights[0, :2] = 0.5
    relative = IDENTITY.repeat(1, 17, 1, 1)
    relative[0, 0, 0] = from_rotation_vectors(torch.tensor([0.6, 0, 0]))
    assert torch.allclose(averaged(weights, relative)[0, 0], from_rotation_vectors(torch.tensor([0.3, 0, 0])), atol=1e-6)


def test_windows_are_relative_to_their_centre():
    c = HprConfig(sequence=4)
    noisy = small_turns(2, 4 + 16, 5)
    centres, relative = windows_around(noisy, c)
    assert relative.shape == (8, 17, 5, 4)
    assert torch.allclose(relative[:, 8], IDENTITY.expand(8, 5, 4), atol=1e-6)
    expected = multiply(conjugate(noisy[1, 8 + 2]), noisy[1, 2 + 16])  # sequence 1, its third centre, last frame
    assert torch.allclose(relative[4 + 2, 16], expected, atol=1e-6)
    assert torch.equal(centres[4 + 2], noisy[1, 8 + 2])


@pytest.fixture
def sequences(tmp_path):
    (tmp_path / "take.bvh").write_text(bvh_text(170))
    clip = rig_clip(tmp_path / "take.bvh")
    c = HprConfig(steps=(1,), passes=4, share_clean=0)
    return clip, make_sequences([clip], c, 1, 0) | {"clip": clip}, c


def test_sequences_lie_where_their_truth_lies_and_hold_the_ends(tmp_path):
    (tmp_path / "take.bvh").write_text(bvh_text(32))
    clip = rig_clip(tmp_path / "take.bvh")
    made = make_sequences([clip], HprConfig(steps=(1,), share_clean=1.0), 1, 0)
    assert torch.equal(made["noisy"][:, 8:-8], made["truth"])
    assert torch.equal(made["noisy"][:, 0], made["truth"][:, 0])
    assert torch.equal(made["noisy"][:, -1], made["truth"][:, -1])


def test_the_loss_of_a_clean_input_left_alone_is_0(sequences):
    clip, batch, c = sequences
    none = torch.zeros(17, dtype=torch.bool)
    clean = batch | {"noisy": torch.cat([batch["truth"][:, :1].expand(-1, 8, -1, -1), batch["truth"],
                                         batch["truth"][:, -1:].expand(-1, 8, -1, -1)], 1)}  # fmt: skip
    figures = rotation_losses(HprNet(c), clean, c, none)
    assert figures["input_joint"] < 1e-6 and figures["input_smooth"] < 1e-6
    assert figures["loss"] > 1e-3  # averaging over moving frames costs something


def test_training_lowers_the_loss_below_the_inputs(sequences):
    clip, batch, c = sequences
    torch.manual_seed(1)
    model = HprNet(c)
    optimiser = torch.optim.Adam(model.parameters(), 5e-3)
    none = torch.zeros(17, dtype=torch.bool)
    first = None
    for _ in range(12):
        figures = rotation_losses(model, batch, c, none)
        first = first or figures["loss"].item()
        optimiser.zero_grad()
        figures["loss"].backward()
        optimiser.step()
    assert figures["loss"].item() < first
    assert figures["smooth"].item() < 0.5 * figures["input_smooth"].item()


def test_a_missing_joint_is_shown_as_the_identity(model, sequences):
    clip, batch, c = sequences
    seen = []
    model.forward = lambda rotations: seen.append(rotations) or torch.full(rotations.shape[:2], 1 / 17)
    missing = torch.zeros(17, dtype=torch.bool)
    missing[[2, 9]] = True
    rotation_losses(model, batch, c, missing)
    assert torch.equal(seen[0][:, :, [2, 9]], IDENTITY.expand(len(seen[0]), 17, 2, 4))
    assert np.abs(seen[0][:, 0, 1].numpy() - IDENTITY.numpy()).max() > 1e-3
