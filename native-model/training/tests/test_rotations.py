"""Quaternions of BVH clips against the positions the BVH reader gives, and the noise put on them."""

import numpy as np
import pytest
import torch

from bvh import body17
from config import HprConfig
from rig_files import NODES, bvh_text
from rotations import conjugate, continuous, from_rotation_vectors, joint_positions, multiply, noisy_rotations, rig_clip, rotated


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "take.bvh"
    path.write_text(bvh_text(150))
    return path


def test_forward_kinematics_of_the_quaternions_gives_the_positions_of_the_clip(file):
    clip = rig_clip(file)
    places = joint_positions(clip.rotations, clip.offsets, clip.parents)[:, list(clip.joints)]
    expected, _ = body17(file)
    np.testing.assert_allclose(places.numpy(), expected - expected[:, :1], atol=2e-5)


def test_nodes_no_body_joint_hangs_on_are_left_out_and_end_sites_do_not_turn(file):
    clip = rig_clip(file)
    assert len(clip.parents) == len(NODES) - 1  # the thumb
    assert [node for node, turns in enumerate(clip.turning) if not turns] == [clip.joints[10]]
    assert all(parent < node for node, parent in enumerate(clip.parents))
    identity = torch.tensor([0.0, 0.0, 0.0, 1.0])
    assert torch.equal(clip.rotations[:, clip.joints[10]], identity.expand(150, 4))


def test_signs_are_continuous_through_a_full_turn(file):
    rotations = rig_clip(file).rotations
    assert ((rotations[1:] * rotations[:-1]).sum(-1) > 0).all()
    assert rotations[:, 0, 3].min() < -0.9  # the root has turned past half a turn
    flipped = rotations.clone()
    flipped[40:70] *= -1
    assert torch.allclose(continuous(flipped), rotations)


def test_quarter_turns_worked_by_hand():
    half = 2**-0.5
    about_x = from_rotation_vectors(torch.tensor([np.pi / 2, 0, 0]))
    about_y = from_rotation_vectors(torch.tensor([0, np.pi / 2, 0]))
    assert torch.allclose(about_x.float(), torch.tensor([half, 0, 0, half]), atol=1e-6)
    z = torch.tensor([0.0, 0.0, 1.0])
    assert torch.allclose(rotated(about_x.float(), z), torch.tensor([0.0, -1.0, 0.0]), atol=1e-6)
    both = multiply(about_y, about_x).float()  # first about x: z -> -y, which y leaves alone
    assert torch.allclose(rotated(both, z), torch.tensor([0.0, -1.0, 0.0]), atol=1e-6)
    assert torch.allclose(multiply(conjugate(both), both), torch.tensor([0.0, 0.0, 0.0, 1.0]), atol=1e-6)


def test_noise_keeps_unit_length_and_end_sites_and_is_of_the_size_asked_for(rng, file):
    clip = rig_clip(file)
    c = HprConfig(share_clean=0, share_jitter_only=1, jitter_deg=(2.0, 2.0))
    noisy = noisy_rotations(rng, clip.rotations, clip.turning, 120.0, c)
    assert torch.allclose(noisy.norm(dim=-1), torch.ones(noisy.shape[:2]), atol=1e-5)
    assert torch.equal(noisy[:, clip.joints[10]], clip.rotations[:, clip.joints[10]])
    turning = torch.tensor(clip.turning)
    w = (noisy * clip.rotations).sum(-1)[:, turning].clamp(max=1)
    degrees = np.degrees(2 * torch.acos(w.double()).numpy())
    assert np.sqrt((degrees**2).mean()) == pytest.approx(2 * 3**0.5, rel=0.08)  # three axes
    clean = noisy_rotations(rng, clip.rotations, clip.turning, 120.0, HprConfig(share_clean=1.0))
    assert torch.equal(clean, clip.rotations)
