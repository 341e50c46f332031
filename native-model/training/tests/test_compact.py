"""Captured motion to the compact file and back."""

import sys

import numpy as np
import pytest
import torch

import compact
from compact import expanded, squeezed, training_data, training_rotations
from rig_files import bvh_text


def run(monkeypatch, *arguments) -> None:
    monkeypatch.setattr(sys, "argv", ["compact.py", *map(str, arguments)])
    compact.main()


@pytest.fixture
def packed(tmp_path, three_persons, monkeypatch):
    """A folder with the compact file alone, the arrays it came from, and the mocap folder."""
    far = three_persons | {"positions": three_persons["positions"] + np.float32(7.7)}  # 16 bits end at 3.2 m
    data, mocap, folder = tmp_path / "data", tmp_path / "mocap", tmp_path / "compact"
    data.mkdir()
    np.savez(data / "train.npz", **far)
    (mocap / "train" / "someone").mkdir(parents=True)
    for take in range(2):
        (mocap / "train" / "someone" / f"{take}.bvh").write_text(bvh_text(40 + take, take))
    run(monkeypatch, "pack", data, folder, "--mocap", mocap)
    return folder, far, mocap


def test_positions_come_back_within_half_a_step(packed):
    folder, data, _ = packed
    back = training_data(folder)
    assert back["positions"].dtype == np.float32
    assert np.abs(back["positions"] - data["positions"]).max() < 0.5e-4 + 1e-6  # metres; half of 0.1 mm, and float32
    for name in ("starts", "names", "persons"):
        assert np.array_equal(back[name], data[name])


def test_rotations_come_back_with_their_rig(packed):
    folder, _, mocap = packed
    back, original = training_rotations(folder), training_rotations(mocap)
    assert [len(clip.rotations) for clip in back] == [40, 41]
    for a, b in zip(back, original):
        assert a.rig == b.rig and torch.equal(a.offsets, b.offsets)
        assert (a.rotations - b.rotations).abs().max() < 5e-5
        assert torch.allclose(a.rotations.norm(dim=-1), torch.ones(a.rotations.shape[:2]), atol=1e-6)


def test_unpacking_writes_the_file_the_trainings_read(packed, monkeypatch):
    folder, _, _ = packed
    before = training_data(folder)
    run(monkeypatch, "unpack", folder)
    (folder / compact.COMPACT_FILE).unlink()
    assert np.array_equal(training_data(folder)["positions"], before["positions"])


@pytest.mark.parametrize("kind", [np.int16, np.int32])
def test_squeezing_loses_nothing_even_where_changes_wrap_around(rng, kind):
    limits = np.iinfo(kind)
    steps = rng.integers(limits.min, limits.max, (50, 3, 2), endpoint=True).astype(kind)
    assert np.array_equal(expanded(squeezed(steps)), steps)


def test_what_is_missing_is_named(tmp_path, monkeypatch, three_persons):
    with pytest.raises(SystemExit, match="compact.py"):
        training_data(tmp_path)
    np.savez(tmp_path / "train.npz", **three_persons)
    run(monkeypatch, "pack", tmp_path, tmp_path)
    with pytest.raises(SystemExit, match="--mocap"):
        training_rotations(tmp_path)


def test_stripping_keeps_what_exports_and_fine_tuning_read(tmp_path, monkeypatch):
    state = {"model": {"a": torch.ones(9)}, "average": {"a": torch.zeros(9)}, "optimiser": {}, "seconds": 2.0, "step": 3}
    torch.save(state, tmp_path / "checkpoint.pt")
    run(monkeypatch, "weights", tmp_path / "checkpoint.pt", tmp_path / "slim" / "checkpoint.pt")
    slim = torch.load(tmp_path / "slim" / "checkpoint.pt")
    assert set(slim) == {"average", "seconds", "step"} and torch.equal(slim["average"]["a"], torch.zeros(9))
