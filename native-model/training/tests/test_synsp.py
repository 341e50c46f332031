"""SynSP: SynSP++ without references, and started from its weights."""

import pytest
import torch

from model import SynSpPlusPlus
from synsp import SynSp
from train import start_from


@pytest.fixture
def pair(small_config):
    """SynSP++ that has learned something, and SynSP with its weights."""
    torch.manual_seed(4)
    teacher = SynSpPlusPlus(small_config.model)
    for head in (teacher.position_head, teacher.acceleration_head, teacher.final_head):
        torch.nn.init.normal_(head[1].weight, std=0.1)
    student = SynSp(small_config.model)
    start_from(student, teacher.state_dict())
    return teacher.eval(), student.eval()


def inputs():
    generator = torch.Generator().manual_seed(1)
    window = torch.randn(3, 8, 51, generator=generator) * 0.3
    return window, torch.randn(3, 8, 51, generator=generator), torch.ones(3, 1), torch.ones(3, 2)


def test_the_local_stage_is_synsp_plus_plus_and_the_global_stage_is_not(pair):
    teacher, student = pair
    window, found, distance, step = inputs()
    theirs, ours = teacher(window, found, distance, step), student(window, step)
    assert torch.allclose(theirs[1], ours[1], atol=1e-6) and torch.allclose(theirs[2], ours[2], atol=1e-6)
    assert (theirs[0] - ours[0]).abs().max() > 1e-4


def test_it_has_no_weight_that_a_reference_would_pass_through(pair):
    names = list(pair[1].state_dict())
    assert not [name for name in names if "found" in name or "distance" in name]
    window, _, _, step = inputs()
    outputs = pair[1](window, step)
    pair[1].zero_grad()
    sum(out.sum() for out in outputs).backward()
    unused = [name for name, parameter in pair[1].named_parameters() if parameter.grad is None]
    assert unused == []  # whatever is kept takes part


def test_the_final_window_listens_to_the_quality_encoding(pair):
    student = pair[1]
    window, _, _, step = inputs()
    before = student(window, step)[0]
    student.quality = lambda position, acceleration: torch.full((3, 8, 1), 0.1)
    assert (student(window, step)[0] - before).abs().max() > 1e-5


def test_starting_from_weights_of_another_size_keeps_the_own_ones(small_config):
    student = SynSp(small_config.model)
    own = {name: value.clone() for name, value in student.state_dict().items()}
    weights = {"mean_pose": torch.full((51,), 2.0), "dct": torch.zeros(3, 3), "stranger": torch.zeros(1)}
    start_from(student, weights)
    assert torch.equal(student.mean_pose, weights["mean_pose"])
    assert torch.equal(student.dct, own["dct"])
    with pytest.raises(SystemExit):
        start_from(student, {"stranger": torch.zeros(1)})
