"""Training windows: corruption kinds, resampling, and the references each person's windows get."""

from dataclasses import replace

import numpy as np
import pytest
import torch

import data as data_module
from data import corrupt, cut, make_pool, resample, step_input
from library import libraries_without_each_person
from synthetic import walking_clip


def only(config, **shares):
    """The configuration with one kind of corruption and one frame rate."""
    none = {"share_estimator": 0.0, "share_white": 0.0, "share_rotation": 0.0, "frame_rates": (30.0,)}
    return replace(config, train=replace(config.train, **{**none, **shares}))


def test_resampling_reads_between_frames():
    clip = np.arange(5, dtype=np.float32).reshape(5, 1, 1) * 2
    np.testing.assert_allclose(resample(clip, 1.5).ravel(), [0, 3, 6])
    np.testing.assert_allclose(resample(clip, 1.0).ravel(), [0, 2, 4, 6, 8])


def test_a_window_reads_every_spacing_th_frame():
    clip = np.arange(20).reshape(20, 1, 1)
    assert cut(clip, np.array([0, 3]), 4, 5)[:, :, 0, 0].tolist() == [[0, 5, 10, 15], [3, 8, 13, 18]]


def test_steps_are_in_thirtieths_of_a_second():
    assert step_input(120.0, 4, 2).tolist() == [[1.0, 0.25], [1.0, 0.25]]
    assert step_input(24.0, 1, 1).tolist() == [[1.25, 1.25]]


@pytest.mark.parametrize("share", ["share_estimator", "share_white", "share_rotation"])
def test_a_share_of_1_corrupts_every_clip_and_none_leaves_it_clean(share, small_config, rng):
    clip = walking_clip(60, 30.0)
    assert corrupt(rng, clip, 30.0, only(small_config)) is clip
    noisy = corrupt(rng, clip, 30.0, only(small_config, **{share: 1.0}))
    assert noisy.shape == clip.shape and np.abs(noisy - clip).max() > 1e-3


def test_the_shares_of_the_kinds_add_up_to_less_than_one(small_config):
    train = small_config.train
    assert 0.9 < train.share_estimator + train.share_white + train.share_rotation < 1


def test_a_pool_is_normalised_finite_and_shaped_for_the_network(three_persons, small_config, tmp_path, rng):
    libraries = libraries_without_each_person(three_persons, small_config, tmp_path / "libraries.pt")
    pool = make_pool(rng, three_persons, libraries, small_config)
    count = len(pool["window"])
    assert count > 60
    shapes = {name: tuple(tensor.shape[1:]) for name, tensor in pool.items()}
    assert shapes == {"window": (8, 51), "truth": (8, 51), "found": (8, 51), "distance": (1,), "step": (2,)}
    for tensor in pool.values():
        assert len(tensor) == count and tensor.dtype == torch.float32 and bool(torch.isfinite(tensor).all())
    pelvis = pool["window"].view(count, 8, 17, 3)[:, :, 0].mean(1)
    assert torch.allclose(pelvis, torch.zeros(count, 3), atol=1e-4)


def test_an_uncorrupted_window_equals_its_truth(three_persons, small_config, tmp_path, rng):
    libraries = libraries_without_each_person(three_persons, small_config, tmp_path / "libraries.pt")
    pool = make_pool(rng, three_persons, libraries, only(small_config))
    assert torch.allclose(pool["window"], pool["truth"], atol=1e-5)


def test_a_pool_is_the_same_for_the_same_seed(three_persons, small_config, tmp_path):
    libraries = libraries_without_each_person(three_persons, small_config, tmp_path / "libraries.pt")
    first, again, other = (
        make_pool(np.random.default_rng(seed), three_persons, libraries, small_config) for seed in (1, 1, 2)
    )
    assert torch.equal(first["window"], again["window"])
    assert first["window"].shape != other["window"].shape or not torch.equal(first["window"], other["window"])


def test_each_persons_windows_are_looked_up_in_the_library_made_without_them(
    three_persons, small_config, tmp_path, rng, monkeypatch
):
    libraries = libraries_without_each_person(three_persons, small_config, tmp_path / "libraries.pt")
    consulted = []

    def watched(vectors, centres, k):
        consulted.append(next(person for person in libraries if libraries[person]["vectors"] is centres))
        return watched.search(vectors, centres, k)

    watched.search = data_module.search
    monkeypatch.setattr(data_module, "search", watched)
    for person in "ABC":
        consulted.clear()
        own = three_persons["persons"] == person
        first, last = np.flatnonzero(own)[[0, -1]]
        begin, end = three_persons["starts"][first], three_persons["starts"][last + 1]
        alone = {
            "positions": three_persons["positions"][begin:end],
            "starts": three_persons["starts"][first : last + 2] - begin,
            "persons": three_persons["persons"][own],
        }
        make_pool(rng, alone, libraries, small_config)
        assert consulted == [person]
