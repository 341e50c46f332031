"""The loop of all trainings, the stream that feeds it, and whole runs of their trainings."""

import itertools
import json
import operator
import sys
from dataclasses import replace
from functools import partial
from itertools import islice
from types import SimpleNamespace

import numpy as np
import pytest
import torch

import train
import evaluate_posemend
import train_hpr
import train_posemend
import train_smoothnet
import training_loop
from background import stream
from config import HprConfig, SmoothNetConfig
from library import libraries_without_each_person
from rig_files import bvh_text


@pytest.fixture
def ticking(monkeypatch):
    """Clocks that advance a second per reading, so runs count steps."""
    def restart() -> None:
        clock = itertools.count()
        monkeypatch.setattr(training_loop, "time", SimpleNamespace(time=lambda: float(next(clock))))

    restart()
    return restart


def test_a_line_is_fitted_and_resuming_counts_on(tmp_path, ticking):
    torch.manual_seed(0)
    settings = SimpleNamespace(learning_rate=0.05, final_learning_rate=1e-4, warmup_steps=2)
    batches = ({"x": x, "y": 2 * x + 1} for x in (torch.randn(16, 1) for _ in itertools.count()))

    def fit(minutes: float, resume: bool) -> dict:
        ticking()
        model = torch.nn.Linear(1, 1)
        losses = lambda batch: {"loss": (model(batch["x"]) - batch["y"]).abs().mean()}  # noqa: E731
        training_loop.train_network(model, batches, losses, settings, tmp_path / "run", minutes, resume)
        return torch.load(tmp_path / "run" / "checkpoint.pt")

    first = fit(5.0, False)
    assert first["step"] > 100
    assert first["average"]["weight"].item() == pytest.approx(2, abs=0.1)
    again = fit(5.0, True)  # the budget is spent: nothing is trained, nothing is lost
    assert again["step"] == first["step"] and torch.equal(again["model"]["bias"], first["model"]["bias"])
    assert fit(8.0, True)["step"] > first["step"] + 50
    lines = [json.loads(line) for line in (tmp_path / "run" / "log.jsonl").read_text().splitlines()]
    assert lines[0]["step"] == 50 and lines[-1]["loss"] < 0.2 * lines[0]["loss"]


def test_a_stream_gives_what_is_made_in_order():
    assert list(islice(stream(partial(operator.add, 10)), 4)) == [10, 11, 12, 13]


def test_a_stream_raises_what_making_raised():
    with pytest.raises(ZeroDivisionError):
        list(islice(stream(partial(operator.floordiv, 1)), 3))  # 1 // 0


def make_array(index: int) -> dict:
    if index == 3:
        raise ValueError("no such pass")
    return {"index": SimpleNamespace(numpy=lambda: np.array([index]))}


def test_processes_share_the_work_and_report_their_failures():
    found = []
    with pytest.raises(ValueError, match="no such pass"):
        for item in stream(make_array, workers=1):
            found.append(int(item["index"]))
    assert found == [0, 1, 2]


def start(monkeypatch, module, *arguments) -> None:
    monkeypatch.setattr(sys, "argv", [module.__name__, *map(str, arguments), "--device", "cpu"])
    module.main()


def test_smoothnet_trains_on_clips(tmp_path, three_persons, small_config, monkeypatch, ticking):
    np.savez(tmp_path / "train.npz", **three_persons)
    sequence = replace(small_config.sequence, share_other_torso=0.0, passes=2.0)
    monkeypatch.setattr(train_smoothnet, "Config", lambda: replace(small_config, sequence=sequence))
    monkeypatch.setattr(train_smoothnet, "SmoothNetConfig", lambda: SmoothNetConfig(width=16, inner=8, blocks=1, batch=4))
    start(monkeypatch, train_smoothnet, tmp_path, tmp_path / "run", "--window", 8, "--minutes", 2)
    state = torch.load(tmp_path / "run" / "checkpoint.pt")
    assert state["step"] > 30 and state["average"]["decode.weight"].shape == (8, 16)
    assert state["average"]["decode.weight"].abs().max() > 0


def test_hpr_net_trains_on_bvh(tmp_path, monkeypatch, ticking):
    (tmp_path / "train" / "someone").mkdir(parents=True)
    (tmp_path / "train" / "someone" / "take.bvh").write_text(bvh_text(120))
    monkeypatch.setattr(train_hpr, "HprConfig", lambda: HprConfig(sequence=8, batch=2, steps=(1,)))
    start(monkeypatch, train_hpr, tmp_path, tmp_path / "run", "--minutes", 0.5)
    state = torch.load(tmp_path / "run" / "checkpoint.pt")
    assert state["step"] > 5
    assert all(value.isfinite().all() for value in state["average"].values())


def test_synsp_trains_from_synsp_plus_plus(tmp_path, three_persons, small_config, monkeypatch, ticking):
    np.savez(tmp_path / "train.npz", **three_persons)
    monkeypatch.setattr(train, "Config", lambda: small_config)
    start(monkeypatch, train, tmp_path, tmp_path / "first", "--minutes", 0.2)
    ticking()
    first = tmp_path / "first" / "checkpoint.pt"
    start(monkeypatch, train, tmp_path, tmp_path / "synsp", "--model", "synsp", "--start-from", first, "--minutes", 0.2)
    teacher, student = (torch.load(path)["average"] for path in (first, tmp_path / "synsp" / "checkpoint.pt"))
    assert set(student) < set(teacher)
    assert torch.allclose(student["mean_pose"], teacher["mean_pose"])  # not set anew


def test_posemend_trains_evaluates_and_keeps_its_settings(tmp_path, three_persons, small_config, monkeypatch, ticking):
    np.savez(tmp_path / "train.npz", **three_persons)
    libraries_without_each_person(three_persons, small_config, tmp_path / "libraries.pt")
    run = tmp_path / "run"
    small = ["window=24", "width=16", "heads=2", "dilations_local=[1,2]", "dilations_global=[1,2]", "batch=4", "references=2"]
    monkeypatch.setattr(sys, "argv", ["train_posemend.py", str(tmp_path), str(run), "--device", "cpu", "--minutes", "1.2", "--set", *small])
    train_posemend.main()
    model, config, state = evaluate_posemend.load(run / "checkpoint.pt")
    assert state["step"] > 20 and config.sequence.window == 24
    assert float(model.mean_pose.abs().max()) > 0.1
    clip = three_persons["positions"][:100]
    refined = evaluate_posemend.refine(model, None, clip, 120.0, config, stride=12)[0]
    assert refined.shape == clip.shape and np.isfinite(refined).all()
