"""A run on tiny made-up data: checkpoints, the log, and going on where a run stopped."""

import itertools
import json
import sys
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import torch

import train
import training_loop
from model import SynSpPlusPlus
from train import set_normalisation


@pytest.fixture
def run(three_persons, small_config, tmp_path, monkeypatch):
    """run(minutes, *options) -> the checkpoint. Its clock advances a second per reading, so runs count steps."""
    np.savez(tmp_path / "train.npz", **three_persons)
    monkeypatch.setattr(train, "Config", lambda: small_config)

    def start(minutes: float, *options: str) -> dict:
        clock = itertools.count()
        monkeypatch.setattr(training_loop, "time", SimpleNamespace(time=lambda: float(next(clock))))
        arguments = ["train.py", str(tmp_path), str(tmp_path / "run"), "--device", "cpu", "--minutes", str(minutes)]
        monkeypatch.setattr(sys, "argv", [*arguments, *options])
        train.main()
        return torch.load(tmp_path / "run" / "checkpoint.pt", map_location="cpu")

    start.folder = tmp_path / "run"
    return start


def test_a_run_writes_a_checkpoint_and_resuming_counts_on(run):
    first = run(1.5)
    assert first["step"] > 40
    again = run(0.5, "--resume")  # the budget is spent already: nothing is trained, nothing is lost
    assert again["step"] == first["step"]
    assert all(torch.equal(first["model"][name], again["model"][name]) for name in first["model"])
    later = run(3.0, "--resume")
    assert later["step"] > first["step"] + 40
    assert later["seconds"] > first["seconds"]
    assert any(not torch.equal(first["model"][name], later["model"][name]) for name in first["model"])
    # The optimiser goes on too: Adam counts as many steps as the run.
    counts = {int(state["step"]) for state in later["optimiser"]["state"].values()}
    assert counts == {later["step"]}
    steps = [json.loads(line)["step"] for line in (run.folder / "log.jsonl").read_text().splitlines()]
    assert steps == sorted(set(steps)) and steps[-1] > first["step"]


def test_without_resume_a_run_starts_over(run):
    first = run(1.0)
    second = run(0.5)
    assert 0 < second["step"] < first["step"]


def test_the_rate_warms_up_and_ends_near_its_last_value(run, small_config):
    run(3.0)
    rates = [json.loads(line)["rate"] for line in (run.folder / "log.jsonl").read_text().splitlines()]
    assert rates == sorted(rates, reverse=True)
    assert rates[-1] < 0.5 * small_config.train.learning_rate


def test_training_lowers_the_loss_and_the_average_follows_the_weights(run, small_config, monkeypatch):
    settings = replace(
        small_config.train, learning_rate=1e-2, share_estimator=0.0, share_white=1.0, share_rotation=0.0, frame_rates=(30.0,)
    )
    monkeypatch.setattr(train, "Config", lambda: replace(small_config, train=settings))
    state = run(5.0)
    last = json.loads((run.folder / "log.jsonl").read_text().splitlines()[-1])
    # Untrained, the position branch gives the input back and errs exactly as much.
    assert last["position"] < 0.92 * last["input"]
    for name in ("mean_pose", "coefficient_scale", "dct"):  # constants of a run: their mean is themselves
        assert torch.allclose(state["average"][name], state["model"][name], atol=1e-5)
    model = SynSpPlusPlus(small_config.model)
    model.load_state_dict(state["average"])


def test_a_checkpoint_is_replaced_in_one_step(tmp_path, small_config, monkeypatch):
    """A run killed while it writes leaves the last good checkpoint."""
    model = SynSpPlusPlus(small_config.model)
    optimiser = torch.optim.Adam(model.parameters())
    path = tmp_path / "checkpoint.pt"
    training_loop.save(path, model, optimiser, model.state_dict(), 1.0, 1)

    def dies(_state, file) -> None:
        file.write_bytes(b"half a")
        raise KeyboardInterrupt

    monkeypatch.setattr(training_loop.torch, "save", dies)
    with pytest.raises(KeyboardInterrupt):
        training_loop.save(path, model, optimiser, model.state_dict(), 2.0, 2)
    assert torch.load(path)["step"] == 1


def test_normalisation_gives_coefficients_of_size_1(small_config):
    torch.manual_seed(0)
    truth = torch.randn(200, 8, 51) * 0.2 + 0.5
    model = SynSpPlusPlus(small_config.model)
    set_normalisation(model, {"truth": truth, "window": truth})
    sizes = model.coefficients(truth).pow(2).mean((0, 2)).sqrt()
    assert torch.allclose(sizes, torch.ones(8), atol=1e-4)
    assert torch.allclose(model.mean_pose, truth.mean((0, 1)), atol=1e-6)
