"""Chunks for `posemend`: grid, augmentation, gaps, references."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from config import with_changes
from library import libraries_without_each_person
from noise import PARENTS
from references import chunk_references
from sequence_data import augmented, bone_lengths, low_pass_taps, make_chunks, missing_joints, other_torso, read_clips, tilt, to_grid
from synthetic import walking_clip


@pytest.fixture
def chunk_config(small_config):
    sequence = replace(small_config.sequence, window=24, width=16, heads=2, dilations_local=(1, 2), dilations_global=(1, 2), references=3)
    return replace(small_config, sequence=sequence)


def test_the_low_pass_keeps_a_constant_and_takes_out_what_the_grid_cannot_hold():
    assert low_pass_taps(4, 0.8).sum() == pytest.approx(1)
    frame = np.arange(480)[:, None]
    slow, fast = np.sin(2 * np.pi * 2 * frame / 120), np.sin(2 * np.pi * 40 * frame / 120)
    np.testing.assert_allclose(to_grid(slow, 4, 0.8)[10:-10], slow[::4][10:-10], atol=2e-3)
    assert np.abs(to_grid(fast, 4, 0.8)[10:-10]).max() < 0.01


def test_bone_lengths_ignore_joints_nobody_saw():
    clip = walking_clip(40, 30.0)
    valid = np.ones((40, 17), dtype=np.float32)
    broken = clip.copy()
    broken[10:30, 13] += 5
    valid[10:30, 13] = 0
    np.testing.assert_allclose(bone_lengths(broken, valid)[12], bone_lengths(clip, valid)[12], atol=0.02)
    valid[:, 13] = 0
    assert bone_lengths(clip, valid)[12] == 0


def test_a_tilted_body_keeps_its_bones():
    clip = walking_clip(30, 30.0)
    tilted = tilt(np.random.default_rng(3), clip)
    assert np.abs(tilted - clip).max() > 0.1
    np.testing.assert_allclose(bone_lengths(tilted), bone_lengths(clip), atol=1e-5)


def test_another_torso_keeps_the_legs_and_the_donors_bones():
    clip, donor = walking_clip(50, 30.0, 1), walking_clip(60, 30.0, 2)
    mixed = other_torso(clip, donor)
    np.testing.assert_array_equal(mixed[:, :7], clip[:, :7])
    arms = [j for j in range(8, 17)]
    lengths = lambda c: np.linalg.norm(c[:50, arms] - c[:50, [PARENTS[j] for j in arms]], axis=-1)  # noqa: E731
    np.testing.assert_allclose(lengths(mixed), lengths(donor), atol=1e-5)


def test_the_pelvis_is_never_missing(chunk_config):
    rng = np.random.default_rng(0)
    c = replace(chunk_config.sequence, share_absent_joints=1.0, share_gaps=1.0)
    masks = [missing_joints(rng, 80, c) for _ in range(40)]
    assert min(mask[:, 0].min() for mask in masks) == 1
    assert all(0 < mask.mean() < 1 for mask in masks)


def test_chunks_are_finite_and_shaped_for_the_network(three_persons, chunk_config, tmp_path):
    libraries = libraries_without_each_person(three_persons, chunk_config, tmp_path / "libraries.pt")
    clips = read_clips(three_persons)
    chunks = make_chunks(np.random.default_rng(1), clips, libraries, chunk_config)
    shapes = {name: tuple(tensor.shape[1:]) for name, tensor in chunks.items()}
    T = 24
    assert shapes == {
        "window": (T, 17, 3), "truth": (T, 17, 3), "valid": (T, 17), "weight": (T,), "bones": (16,), "step": (2,),
        "reference": (T, 17, 3), "spread": (T, 17), "distance": (T,),
    }  # fmt: skip
    for tensor in chunks.values():
        assert len(tensor) == len(chunks["window"]) and bool(torch.isfinite(tensor).all())
    padded = chunks["valid"].amax(-1) == 0
    assert bool((chunks["weight"][padded] == 0).all())


def test_chunks_are_the_same_for_the_same_seed(three_persons, chunk_config, tmp_path):
    libraries = libraries_without_each_person(three_persons, chunk_config, tmp_path / "libraries.pt")
    clips = read_clips(three_persons)
    first, again, other = (make_chunks(np.random.default_rng(seed), clips, libraries, chunk_config) for seed in (4, 4, 5))
    assert torch.equal(first["window"], again["window"])
    assert first["window"].shape != other["window"].shape or not torch.equal(first["window"], other["window"])


def test_a_window_of_the_library_is_its_own_best_reference(three_persons, chunk_config, tmp_path):
    library = libraries_without_each_person(three_persons, chunk_config, tmp_path / "libraries.pt")[""]
    one = replace(chunk_config, sequence=replace(chunk_config.sequence, references=1))
    window = library["windows"][:3]
    found = chunk_references(window, torch.ones(3, 8, 17), library, one)
    assert torch.allclose(found["reference"], window, atol=1e-4)
    assert float(found["distance"].max()) < 1e-2 and float(found["spread"].max()) < 1e-4


def test_augmentation_never_changes_what_it_was_given(three_persons, chunk_config):
    clips = read_clips(three_persons)
    kept = clips[0].positions.copy()
    for seed in range(12):
        clean, good = augmented(np.random.default_rng(seed), clips, 0, chunk_config.sequence)
        assert len(clean) == len(good)
    np.testing.assert_array_equal(clips[0].positions, kept)


def test_a_run_can_change_its_own_and_the_shared_settings():
    config = with_changes({"window": 48, "frame_rates": [24, 30], "train.share_white": 0.5})
    assert config.sequence.window == 48 and config.sequence.frame_rates == (24, 30)
    assert config.train.share_white == 0.5
    with pytest.raises(TypeError):
        with_changes({"no_such_setting": 1})
