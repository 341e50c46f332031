"""MixSTE: cameras, virtual cameras, keypoints of a detector, a network that learns, and its export."""

import dataclasses
import json

import numpy as np
import pytest
import torch

from config import Config, MixSteConfig
from evaluate_mixste import aligned, levelling, lift, measure, sequences
from export_mixste import card, export, made_up_keypoints, write_fixture
from keypoint_data import (
    Camera,
    camera_axes,
    derived_trunk,
    detected,
    keypoints_of,
    out_of_sight,
    random_camera,
    rays_of,
    same_size,
    window_set,
)
from library import mirror
from mixste import MixSte, aimed_axes, lifting_losses
from proportions import other_body
from sequence_data import read_clips
from synthetic import STANDING, walking_clip
from train_mixste import batches_of, set_normalisation
from training_loop import adamw_of

SMALL = dataclasses.replace(MixSteConfig(), window=12, width=16, heads=2, pairs=1, batch=8)
NOISE = Config().noise


def small_model() -> MixSte:
    torch.manual_seed(4)
    return MixSte(SMALL).eval()


def test_a_camera_sees_what_is_ahead_in_the_middle_and_what_is_above_above():
    camera = Camera(camera_axes(0.0, 0.0, 0.0), np.array([0.0, 1.0, 4.0]), 1.0)
    seen = camera.see(np.array([[0.0, 1.0, 0.0], [0.5, 1.5, 0.0]]))
    assert np.allclose(seen, [[0, 0, -4], [0.5, 0.5, -4]])
    assert np.allclose(rays_of(seen)[1], [0.125, 0.125])
    assert np.allclose(camera.up, [0, 1, 0])


def test_a_camera_that_looks_down_has_up_behind_its_picture():
    axes = camera_axes(0.7, np.radians(20), 0.0)
    assert np.allclose(axes @ axes.T, np.eye(3)) and np.linalg.det(axes) == pytest.approx(1)
    up = Camera(axes, np.zeros(3), 1.0).up
    assert np.allclose(up, [0, np.cos(np.radians(20)), np.sin(np.radians(20))])


def test_random_cameras_have_the_whole_motion_in_front_of_them_and_stand_above_the_floor(rng):
    motion = walking_clip(90, 30.0)
    for _ in range(50):
        camera = random_camera(rng, motion, MixSteConfig())
        assert camera.see(motion)[..., 2].max() < -0.5
        assert camera.place[1] > 0.05
        assert np.degrees(np.arccos(camera.up[1])) < 75


def test_the_virtual_camera_looks_along_the_ray_and_does_not_roll():
    axes = aimed_axes(torch.tensor([[0.3, -0.4], [0.0, 0.0]]))
    ahead = torch.tensor([0.3, -0.4, -1.0]) @ axes[0].T
    assert torch.allclose(ahead[:2], torch.zeros(2), atol=1e-6) and ahead[2] < -1
    assert torch.allclose(axes[0] @ axes[0].T, torch.eye(3), atol=1e-6)
    assert axes[0, 0, 1] == 0  # its right stays level
    assert torch.allclose(axes[1], torch.eye(3), atol=1e-6)


def test_where_a_keypoint_lies_that_was_not_seen_does_not_matter():
    keypoints = made_up_keypoints(SMALL, 2)
    moved = keypoints.clone()
    unseen = keypoints[..., 2] == 0
    assert unseen.any()
    moved[..., :2][unseen] = 7.0
    with torch.no_grad():
        for before, after in zip(small_model()(keypoints), small_model()(moved)):
            assert torch.equal(before, after)


def test_poses_are_relative_to_the_pelvis_and_up_has_length_1_even_without_a_keypoint():
    pose, up = small_model()(torch.zeros(1, 12, 17, 3))
    assert torch.isfinite(pose).all() and torch.equal(pose[:, :, 0], torch.zeros(1, 12, 3))
    assert torch.allclose(up.norm(dim=-1), torch.ones(1, 12), atol=1e-5)


def test_losses_are_zero_at_the_truth_and_leave_out_frames_of_weight_0():
    truth = torch.randn(2, 6, 17, 3)
    up = torch.tensor([[0.0, 1.0, 0.0], [0.6, 0.8, 0.0]])
    batch = {"truth": truth, "up": up, "weight": torch.ones(2, 6), "up_weight": torch.ones(2)}
    assert lifting_losses(truth, up[:, None].expand(-1, 6, -1), batch, SMALL)["loss"] == 0
    batch["weight"][:, 4:] = 0
    batch["up_weight"][1] = 0
    wrong = truth.clone()
    wrong[:, 4:] += 1
    turned = up[:, None].repeat(1, 6, 1)
    turned[1] = 0
    assert lifting_losses(wrong, turned, batch, SMALL)["loss"] == 0
    wrong[0, 1, 3, 2] += 1.7  # of 2 * 4 frames of 17 joints
    assert lifting_losses(wrong, turned, batch, SMALL)["position"] == pytest.approx(0.0125, rel=1e-5)


def test_a_clean_keypoint_is_the_projection_of_its_joint(rng):
    motion = walking_clip(20, 30.0)
    camera = random_camera(rng, motion, SMALL)
    keypoints = keypoints_of(rng, motion, camera, SMALL, NOISE, 0.0, False)
    assert np.allclose(keypoints[..., :2], rays_of(camera.see(motion)))
    assert (keypoints[..., 2] == 1).all()


def test_the_derived_trunk_is_that_of_coco():
    body = derived_trunk(STANDING)
    assert np.allclose(body[0], (STANDING[1] + STANDING[4]) / 2)
    assert np.allclose(body[8], (STANDING[11] + STANDING[14]) / 2)
    assert np.allclose(body[7], (body[0] + body[8]) / 2)
    ears = STANDING[8] + (STANDING[10] - STANDING[8]) / 1.5
    assert np.allclose(body[10], body[8] + 1.5 * (ears - body[8]))
    assert np.array_equal(body[[2, 3, 12, 13]], STANDING[[2, 3, 12, 13]])


def test_a_detector_errs_by_centimetres_at_the_body_however_far_it_is_and_is_less_sure_where_it_errs(rng):
    rays, depth = np.zeros((600, 17, 2)), np.full((600, 17), 4.0)
    found, confidence = detected(rng, rays, depth, SMALL, NOISE, 1.0)
    error = np.linalg.norm(found, axis=-1) * 4.0
    assert 0.005 < np.median(error) < 0.05
    assert confidence.min() >= 0.05 and confidence.max() <= 1
    assert confidence[error > 0.1].mean() < confidence[error < 0.02].mean() - 0.1
    far, _ = detected(np.random.default_rng(5), rays, 2 * depth, SMALL, NOISE, 1.0)
    near, _ = detected(np.random.default_rng(5), rays, depth, SMALL, NOISE, 1.0)
    assert np.allclose(2 * far, near)


def test_what_is_out_of_sight_has_neither_place_nor_confidence(rng):
    always = dataclasses.replace(SMALL, share_gaps=1.0, share_absent_joints=1.0, share_without_confidence=1.0)
    assert (out_of_sight(rng, 40, always) == 0).any()
    motion = walking_clip(40, 30.0)
    keypoints = keypoints_of(rng, motion, random_camera(rng, motion, always), always, NOISE, 1.0, True)
    unseen = keypoints[..., 2] == 0
    assert unseen.any() and (keypoints[unseen] == 0).all()
    assert (keypoints[~unseen][:, 2] == 1).all()  # this detector does not tell its confidence
    hips_lost = unseen[:, 1] | unseen[:, 4]
    assert (unseen[:, 0] == hips_lost).all()


def test_a_made_up_body_has_the_size_of_the_one_it_stands_for(rng):
    motion = walking_clip(10, 30.0)
    body = same_size(other_body(rng, motion), motion)
    long_bones = lambda clip: sum(np.linalg.norm(clip[0, a] - clip[0, b]) for a, b in ((2, 1), (3, 2), (12, 11), (13, 12)))  # noqa: E731
    assert long_bones(body) == pytest.approx(long_bones(motion), rel=0.25)
    assert np.allclose(body[:, 0], motion[:, 0])


def test_windows_hold_finite_numbers_and_the_truth_in_camera_axes(three_persons):
    windows = window_set(read_clips(three_persons), SMALL, NOISE, 24, 3, 100)
    for name, tensor in windows.items():
        assert torch.isfinite(tensor).all(), name
    assert windows["keypoints"].shape == (24, 12, 17, 3)
    assert torch.equal(windows["truth"][:, :, 0], torch.zeros(24, 12, 3))
    assert torch.allclose(windows["up"].norm(dim=-1), torch.ones(24), atol=1e-5)
    again = window_set(read_clips(three_persons), SMALL, NOISE, 24, 3, 100)
    assert all(torch.equal(windows[name], again[name]) for name in windows)


def test_a_hundred_steps_on_made_up_walks_halve_the_error(three_persons):
    torch.manual_seed(0)
    clips = read_clips(three_persons)
    c = dataclasses.replace(SMALL, share_clean=1.0, share_other_bodies=0.0, share_other_torso=0.0, share_short=0.0, share_tilted=0.0)
    windows = window_set(clips, c, NOISE, 64, 0, 0)
    model = MixSte(c)
    set_normalisation(model, windows)
    optimiser = adamw_of(model, c.weight_decay)
    figures = []
    for _ in range(100 // 8):
        for batch in batches_of(iter([windows]), c.batch):
            for group in optimiser.param_groups:
                group["lr"] = 3e-3
            losses = lifting_losses(*model(batch["keypoints"]), batch, c)
            optimiser.zero_grad()
            losses["loss"].backward()
            optimiser.step()
            figures.append(float(losses["position"].detach()))
    assert np.mean(figures[-8:]) < 0.5 * np.mean(figures[:2])


def test_lifting_a_clip_covers_it_whatever_its_length_and_mirrors_with_it():
    model = small_model()
    for frames in (1, 5, 12, 31):
        keypoints = np.tile(made_up_keypoints(SMALL, 1)[0].numpy(), (3, 1, 1))[:frames].astype(np.float64)
        pose, up = lift(model, keypoints, 4)
        assert pose.shape == (frames, 17, 3) and up.shape == (frames, 3) and np.isfinite(pose).all()
        other, _ = lift(model, mirror(keypoints), 4)
        assert np.allclose(mirror(other), pose, atol=1e-5)


def test_alignment_undoes_a_similarity_and_levelling_raises_up(rng):
    truth = rng.standard_normal((4, 17, 3))
    turn, _ = np.linalg.qr(rng.standard_normal((3, 3)))
    turn *= np.sign(np.linalg.det(turn))
    assert np.allclose(aligned(0.7 * truth @ turn + 3, truth), truth)
    reflected = aligned(truth * [-1, 1, 1], truth)
    assert np.abs(reflected - truth).max() > 0.1  # a mirror image is not aligned by reflecting it
    up = np.array([0.2, 0.9, -0.3])
    assert np.allclose(levelling(up) @ (up / np.linalg.norm(up)), [0, 1, 0])


def test_measured_against_itself_nothing_is_wrong(rng):
    truth = walking_clip(30, 30.0).astype(np.float64)
    truth -= truth[:, :1]
    up = np.tile([0.0, 1.0, 0.0], (30, 1))
    figures = measure(truth, up, truth, up[0])
    assert all(value == pytest.approx(0, abs=1e-6) for value in figures.values())
    larger = measure(1.1 * truth, up, truth, up[0])
    assert larger["mpjpe"] > 10 and larger["pa"] == pytest.approx(0, abs=1e-6) and larger["scaled"] == pytest.approx(0, abs=1e-6)


def test_sequences_leave_glitches_out(three_persons):
    data = dict(three_persons)
    data["positions"] = data["positions"].copy()
    data["positions"][130] += 5.0  # in the middle of the first clip
    # Frames 129 to 131 of 260 at 120 fps are left out.
    assert [len(motion) for motion in sequences(data)] == [33, 32, 65, 65, 65, 65, 65]
    assert all(np.abs(np.diff(motion, axis=0)).max() < 1 for motion in sequences(data))


def test_export_writes_a_card_and_a_graph_that_answers_alike(tmp_path):
    pytest.importorskip("onnx")
    model = small_model()
    onnx = tmp_path / "model.onnx"
    export(model, onnx)
    write_fixture(model, tmp_path / "parity.json")
    described = card(model, {"step": 3, "seconds": 60.0}, onnx, {})
    assert described["windowLength"] == 12 and described["architecture"] == "mixste"
    assert "quality" not in described
    fixture = json.loads((tmp_path / "parity.json").read_text())
    assert len(fixture["keypoints"]) == len(fixture["pose"]) == 3 * 12 * 17 * 3
    runtime = pytest.importorskip("onnxruntime")
    keypoints = np.array(fixture["keypoints"], dtype=np.float32).reshape(3, 12, 17, 3)
    pose, up = runtime.InferenceSession(str(onnx)).run(["pose", "up"], {"keypoints": keypoints})
    assert np.abs(pose.ravel() - fixture["pose"]).max() < 1e-4
    assert np.abs(up.ravel() - fixture["up"]).max() < 1e-4
